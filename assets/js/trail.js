// The words that a reader follows, handed on to the page that they lead to.

export const KEY = "dx-trail:";

/** Keep the words for the page at `address`. */
export function handOn(address, words) {
  const { pathname } = new URL(address, location.href);
  try {
    sessionStorage.setItem(KEY + pathname, JSON.stringify({ from: location.pathname, words }));
  } catch {
    // A browser may keep nothing; the page then has the query of its referrer.
  }
}
