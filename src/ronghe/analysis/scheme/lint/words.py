"""Words by which indicators that the rules against formalism forbid give themselves away.

Each topic is one thing that may not be counted or demanded. Words are looked for clause by
clause; a clause that says no to something (不计会议次数, 精简文件) or bounds it is left alone, and
so is a word that belongs to something harmless (网红打卡地, 产业定位, 产业对接会签约数).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ronghe.analysis.scheme.parts import Text


class Topic(NamedTuple):
    """One forbidden thing.

    Attributes
    ----------
    code
        Of the problem.
    citation
        The rulebook's key.
    words
        What gives it away, in Chinese and English.
    harmless
        What looks alike and is not meant.
    counted
        Only meant where something is counted and more of it is better.
    gates
        Also meant in preconditions and vetoes; attendance and meetings may be a precondition.
    """

    code: str
    citation: str
    words: re.Pattern[str]
    harmless: re.Pattern[str] | None = None
    counted: bool = False
    gates: bool = True


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


def _english(*words: str) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


_MEETING = (
    r"(?:会议|例会|座谈会|推进会|调度会|对接会|支委会|党员大会|小组会|恳谈会|部署会|动员会|研讨会"
    r"|报告会|民主生活会|组织生活会|院坝会|坝坝会|屋场会|专题会|碰头会|三会一课|党课|主题党日"
    r"|中心组学习|专题研究|专题学习)"
)
_HELD = r"(?:的)?(?:召开|举办|举行|开展|组织|参加|出席|执行|落实)?(?:情况)?"
_NUMBER = r"(?:次数|场次|场数|频次|数量|个数|期数|次|场|数(?!据)|完成率|落实率|开展率)"

TOPICS: tuple[Topic, ...] = (
    Topic(
        "scores-leader-instructions",
        "formalism.leader_instructions",
        _any(
            "批示|签批|圈阅",
            _english(r"(?:leaders?'?s?|written|official) (?:instructions?|remarks|comments)"),
        ),
        _any(
            r"批示(?:件|事项|精神|要求|指示)*(?:的)?(?:按期|及时)?(?:办理|办结|落实|督办|交办|反馈|回复|贯彻)",
            r"(?:办理|落实|办结|贯彻|督办)[^,]{0,8}批示",
        ),
    ),
    Topic(
        "scores-publications",
        "formalism.publications",
        _any(
            r"刊发|刊登|刊载|登载|见报|上稿|用稿|稿件|投稿|外宣|推文|简讯",
            r"媒体(?:宣传|报道|发布|刊播)|(?:宣传|新闻)(?:报道|稿|信息)|报道(?:篇|条|次|数)",
            r"信息(?:采用|采编|报送|上报|录用|稿|专报)|公众号(?:文章|发文|推送)|发表(?:文章|信息)",
            _english(
                "publications?",
                r"press (?:reports?|coverage|releases?|articles?)",
                r"media (?:reports?|coverage|mentions)",
                r"news (?:items|reports|articles)",
                r"articles? (?:published|carried|placed)",
            ),
        ),
        _any(
            r"新闻出版|虚假(?:宣传|报道)",
            r"(?:应急|灾情|灾害|突发|险情|疫情|预警|安全|统计|事故)[^,]{0,6}信息(?:报送|上报)",
        ),
    ),
    Topic(
        "scores-experience-articles",
        "formalism.experience_articles",
        _any(
            r"经验(?:做法|材料|交流|推广|总结|信息|文章|介绍)|典型(?:经验|做法|材料)",
            r"(?:推广|总结|上报|报送|提炼)经验|(?:创新|优秀|典型)案例(?:数|篇|个数|上报|报送|入选|推广)",
            r"现场(?:观摩|推进)?会(?!诊|商|办)|工作亮点|亮点(?:工作|材料)|做法(?:被)?(?:推广|采纳)|(?:总结|汇报)材料",
            _english(
                r"write-?ups? of (?:\w+ )?experience",
                r"(?:experience|best[- ]practice) (?:articles?|reports?|papers?)",
                r"case studies (?:submitted|selected)",
                r"experiences? (?:published|promoted)",
            ),
        ),
    ),
    Topic(
        "scores-meetings",
        "formalism.meeting_counting",
        _any(
            rf"{_MEETING}{_HELD}{_NUMBER}?$",
            rf"{_MEETING}{_HELD}[^,]{{0,6}}(?:次数|场次|场数|频次|[0-9一二三四五六十]+[次场])",
            rf"(?:召开|举办|开展|组织|参加|缺|少|漏|未开)[^,]{{0,8}}{_MEETING}{_HELD}{_NUMBER}?$",
            r"开会(?:次数|场次|频次)|会议(?:记录|纪要)",
            _english(
                r"(?:number|count) of meetings",
                r"meetings? (?:held|attended|counts?|minutes)",
                r"meetings$",
            ),
        ),
        counted=True,
        gates=False,
    ),
    Topic(
        "scores-documents",
        "formalism.document_counting",
        _any(
            r"(?:发文|行文|文件)(?:的)?(?:数量|篇数|份数|件数|次数|数(?!据)|$)|简报|红头文件|制度(?:汇编|上墙)",
            r"(?:印发|制发|下发|出台)(?:的)?(?:文件|方案|制度|意见|通知)",
            r"(?:制度|方案|通知)(?:印发|制发|下发)?(?:数量|份数|件数|个数|数(?!据))",
            _english(
                r"documents? (?:issued|printed|written)",
                r"number of (?:documents|papers|circulars|bulletins)",
                r"(?:circulars|bulletins|briefings) issued",
            ),
        ),
        _any(r"(?:解决|技术|设计|建设)方案"),
        counted=True,
    ),
    Topic(
        "scores-traces",
        "formalism.trace_counting",
        _any(
            r"留痕|痕迹(?:资料|管理)|佐证材料|纸质资料|展板|上墙|工作日志|民情日记|走访记录",
            r"档案(?:资料|材料|盒)|资料(?:完整|齐全|归档|规范|齐备)",
            r"台账(?:资料|齐全|规范|完整|建立|更新|检查|完善)|(?:建立|完善|健全|更新|检查)(?:健全)?[^,]{0,6}台账",
            _english(
                r"(?:paper|photo) trails?",
                r"(?:work|visit) (?:logs?|diaries|diary)",
                r"ledgers (?:kept|complete|in order)",
                r"files? (?:kept|complete|in order)",
            ),
        ),
        _any(
            r"制度上墙",
            r"(?:数据|取自|来源|依据|根据)[^,]{0,8}台账",
            r"(?:资产|债务|合同|就业)[^,]{0,4}台账",
        ),
    ),
    Topic(
        "scores-study-notes",
        "formalism.study_notes",
        _any(
            r"(?:学习|读书|研学)?笔记(?!本电脑)|心得(?:体会)?|读后感|观后感|手抄",
            _english(r"(?:study|reading|learning) notes?", "notebooks? (?:kept|checked)"),
        ),
    ),
    Topic(
        "scores-check-ins",
        "formalism.streaks",
        _any(
            r"打卡|签到|连续(?:登录|登陆|学习|在线|上线)|每日(?:学习|登录|登陆|上线|答题)|日活(?!动)|活跃天数",
            _english(
                r"check-?ins?",
                r"(?:clock|punch)(?:ed|ing)?[ -]in",
                "streaks?",
                r"daily log-?ins?",
            ),
        ),
        _any(r"打卡(?:地|点|景点|圣地|胜地|线路)|网红打卡"),
    ),
    Topic(
        "scores-points-ranking",
        "formalism.points_ranking",
        _any(
            r"积分(?:排名|排行|榜|位次|名次)|学习(?:平台)?积分|排行榜|红黑榜|晾晒榜",
            r"(?:平台|app|系统|线上|网上|强国|学员)[^,]{0,6}积分|学习强国",
            _english(r"points rankings?", r"leader-?boards?", r"league tables?"),
        ),
    ),
    Topic(
        "scores-online-time",
        "formalism.online_time",
        _any(
            r"(?:在线|上线|登[录陆]|浏览)(?:总)?(?:时长|时间)|在线率|活跃(?:度|率|用户)|日均在线",
            _english(
                r"(?:time|hours) (?:spent )?online",
                r"(?:online|screen|log-?in) time",
                r"active users?",
            ),
        ),
        _any(r"(?:主体|企业|市场|商户|经济|创新)[^,]{0,4}活跃"),
    ),
    Topic(
        "scores-installation",
        "formalism.forced_installation",
        _any(
            r"(?:app|客户端|小程序|软件)[^,]{0,8}(?:安装|下载|注册|激活|绑定|登[录陆]|推广|使用)"
            r"(?:率|量|数|人数|户数|情况|$)",
            r"(?:平台|系统|应用)[^,]{0,8}(?:下载|注册|激活|绑定|登[录陆])(?:率|量|数|人数|户数|情况|$)",
            r"(?:安装|下载|注册|推广)(?:率)?[^,]{0,6}(?:app|客户端|小程序)",
            r"下载(?:量|率)|激活率|绑定率|登[录陆]率|(?:关注|推广)[^,]{0,6}公众号|公众号关注|实名注册",
            _english(
                r"(?:app|platform) (?:installs?|installations?|downloads?|registrations?)",
                r"(?:installs?|downloads) of (?:the |an? )?app",
                r"log-?in rates?",
            ),
        ),
        _any(r"注册(?:的)?(?:资本|商户|企业|网店|店铺|商家|主体|农户|商标)"),
    ),
    Topic(
        "scores-popularity",
        "formalism.online_popularity",
        _any(
            r"点赞|转发|转评赞|集赞|阅读量|浏览量|播放量|点击(?:量|率|数)|粉丝(?:数|量)?|关注(?:量|人数)",
            r"(?:网络|网上|线上|微信)投票|学习时长|评论(?:量|数)",
            _english(
                "likes",
                "forwards",
                "reposts?",
                r"online votes?",
                r"(?:page|video) views",
                "followers",
                r"hours of (?:online )?study",
            ),
        ),
    ),
    Topic(
        "demands-photos",
        "formalism.unneeded_traces",
        _any(
            r"(?:上传|提交|报送|提供|附|现场|工作|活动|留存)[^,]{0,6}(?:照片|图片|视频|截图|录像|轨迹)|拍照",
            r"(?:照片|图片|视频|截图)(?:数|张|份|条|上传|佐证|资料|材料|为证|存档)|录像(?:数|上传)?$",
            r"(?:运动|活动|行走)轨迹|轨迹(?:上传|记录)|(?:位置|gps|手机|实时|人员)定位|定位(?:轨迹|上传)",
            _english(
                "photos?",
                "photographs?",
                r"videos? (?:uploaded|submitted|required|clips?)",
                r"location tracks?",
                "gps",
                "screenshots?",
            ),
        ),
        _any(r"短视频(?:产业|电商|营销|直播|企业)|视频监控|轨迹(?:交通|产业)"),
    ),
    Topic(
        "scores-forms",
        "formalism.frequent_forms",
        _any(
            r"零报告|[日周月]报(?!酬|销|名|到|价|社)",
            r"每[日天周月](?:上报|填报|报送|填写)|填表|填报(?:表格|次数|率|及时率|数量)",
            r"报表(?:数|份|报送|及时)|表格(?:数|份|填)|(?:材料|报表)(?:报送|上报)|报送(?:材料|表格|总结|报表)",
            _english(
                r"(?:daily|weekly|monthly) reports?", r"forms? (?:filled|filling)", "form-filling"
            ),
        ),
        _any(
            r"(?:人民|光明|经济|法治|[省市县州区])日报",
            r"(?:统计|取自|来源|依据|根据)[^,]{0,8}(?:月报|报表|周报|日报)",
        ),
        counted=True,
    ),
    Topic(
        "scores-obligations",
        "formalism.obligation_counting",
        _any(
            r"学时(?!间|候|期)|课时|培训时长|出勤|到会率|参会率|参训率|到课率|出席率|考勤|缺席|党费",
            r"集中学习(?:次|时长|率|情况)",
            _english("attendance", r"training hours", r"hours of training", r"class hours"),
        ),
        counted=True,
        gates=False,
    ),
    Topic(
        "scores-demonstrations",
        "demonstration.by_township",
        _any(
            r"创建示范|评比达标|示范[^,]{0,6}(?:创建|评选|命名|授牌|打造)",
            r"(?:创建|争创|打造|评选|命名|获评)[^,]{0,8}(?:示范|样板|标杆)",
            r"(?:示范|样板|亮点)(?:村|镇|乡|街道|社区|片区|点|带|线|支部|单位)(?:建设)?"
            r"(?:数量|个数|数(?!据)|$)",
            _english(
                r"(?:demonstration|model|showcase) (?:villages?|townships?|sites?|zones?|units?)",
                r"demonstration activit(?:y|ies)",
            ),
        ),
        _any(r"示范岗|示范(?:合作)?社(?!区)|示范家庭农场|示范带动"),
    ),
)
"""All topics; one indicator may touch several."""

_NEGATED = _any(
    r"不(?!少于|低于|足|力|及时|到位|少|断)",
    r"禁止|严禁|杜绝|取消|精简|压减|压缩|减少|减轻|控制|减负|下降|违规|违反|擅自|超标|文山会海|形式主义|前置条件",
    _english("not?", "without", "never", "fewer", r"reduc\w*", "cuts?", "banned", "unlawful"),
)
_BREAKS = re.compile(r"[,.;:!?()\[\]{}\"“”、。|/\n]+|——")
_CITED = re.compile(r"《[^》]*》")


def clauses(text: str | Text) -> Iterator[str]:
    """Yield the clauses of a text that do not say no to what they name, in one spelling.

    Full width, letter case and the names of cited documents do not count; blanks go between
    Chinese characters.
    """
    both = f"{text.zh}\n{text.en}" if isinstance(text, Text) else text
    plain = unicodedata.normalize("NFKC", _CITED.sub("", both)).casefold()
    plain = re.sub(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])", "", plain)
    for clause in _BREAKS.split(plain):
        clause = clause.strip()
        if clause and not _NEGATED.search(clause):
            yield clause


def mention(topic: Topic, text: str | Text) -> str:
    """Return the first words of a text that touch a topic; empty if there are none."""
    for clause in clauses(text):
        spans = [m.span() for m in topic.harmless.finditer(clause)] if topic.harmless else []
        for match in topic.words.finditer(clause):
            start, end = match.span()
            if not any(first < end and start < last for first, last in spans):
                return match.group()
    return ""
