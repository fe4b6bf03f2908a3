"""The prefectures: code, address, name, reading, region, in the order of JIS X 0401."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One prefecture; `code` are the first two digits of a 全国地方公共団体コード."""

    code: str
    slug: str
    name: str
    reading: str
    region: str


PREFECTURES = tuple(
    Prefecture(f"{number:02}", *row.split())
    for number, row in enumerate(
        """\
hokkaido 北海道 ほっかいどう 北海道・東北
aomori 青森県 あおもりけん 北海道・東北
iwate 岩手県 いわてけん 北海道・東北
miyagi 宮城県 みやぎけん 北海道・東北
akita 秋田県 あきたけん 北海道・東北
yamagata 山形県 やまがたけん 北海道・東北
fukushima 福島県 ふくしまけん 北海道・東北
ibaraki 茨城県 いばらきけん 関東
tochigi 栃木県 とちぎけん 関東
gunma 群馬県 ぐんまけん 関東
saitama 埼玉県 さいたまけん 関東
chiba 千葉県 ちばけん 関東
tokyo 東京都 とうきょうと 関東
kanagawa 神奈川県 かながわけん 関東
niigata 新潟県 にいがたけん 中部
toyama 富山県 とやまけん 中部
ishikawa 石川県 いしかわけん 中部
fukui 福井県 ふくいけん 中部
yamanashi 山梨県 やまなしけん 中部
nagano 長野県 ながのけん 中部
gifu 岐阜県 ぎふけん 中部
shizuoka 静岡県 しずおかけん 中部
aichi 愛知県 あいちけん 中部
mie 三重県 みえけん 近畿
shiga 滋賀県 しがけん 近畿
kyoto 京都府 きょうとふ 近畿
osaka 大阪府 おおさかふ 近畿
hyogo 兵庫県 ひょうごけん 近畿
nara 奈良県 ならけん 近畿
wakayama 和歌山県 わかやまけん 近畿
tottori 鳥取県 とっとりけん 中国・四国
shimane 島根県 しまねけん 中国・四国
okayama 岡山県 おかやまけん 中国・四国
hiroshima 広島県 ひろしまけん 中国・四国
yamaguchi 山口県 やまぐちけん 中国・四国
tokushima 徳島県 とくしまけん 中国・四国
kagawa 香川県 かがわけん 中国・四国
ehime 愛媛県 えひめけん 中国・四国
kochi 高知県 こうちけん 中国・四国
fukuoka 福岡県 ふくおかけん 九州・沖縄
saga 佐賀県 さがけん 九州・沖縄
nagasaki 長崎県 ながさきけん 九州・沖縄
kumamoto 熊本県 くまもとけん 九州・沖縄
oita 大分県 おおいたけん 九州・沖縄
miyazaki 宮崎県 みやざきけん 九州・沖縄
kagoshima 鹿児島県 かごしまけん 九州・沖縄
okinawa 沖縄県 おきなわけん 九州・沖縄
""".splitlines(),
        start=1,
    )
)

ELSEWHERE = Prefecture("99", "elsewhere", "そのほか", "そのほか", "そのほか")
"""Where a plan names no prefecture that there is."""

_BY_NAME = {one.name: one for one in PREFECTURES}
_BY_CODE = {one.code: one for one in PREFECTURES}


def prefecture_of(name: str, code: str) -> Prefecture:
    """The prefecture that a plan names; of an odd name, that of its 全国地方公共団体コード."""
    return _BY_NAME.get(name) or _BY_CODE.get(code[:2], ELSEWHERE)
