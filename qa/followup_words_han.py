"""What makes a question lean on the one before it, in Chinese, whose words are found anywhere: no space parts them."""

from __future__ import annotations

from qa.followup_grammar import MANY, PERSON, PLACE, THING, THIS, Words

CHINESE = Words(
    leads="那么|那(?![里儿边个家座位场项件])|还有|以及|至于|而",
    asks=(
        "发生了什么(?:事故|事情|事)?|什么时候|什么地方|什么人|什么时间|为什么|为何|什么|是谁|谁|哪位|哪里|哪儿|"
        "哪一?[年天个家国座些种条项月]?|何时|何处|几[个名人次家月年天点]?|"
        "多少[个名人次家辆条件座份张米岁枚只头匹架艘部篇首吨公]?(?:里|斤|顷)?|多[大高长远重久深快](?:年纪|岁数)?|"
        "怎么样|怎么|怎样|如何|是否|百分之几|有没有|吗"
    ),
    defines="什么是|什么叫|是什么意思|谁是.|.是谁$",
    empty="今年|这[年月周天次]|这个[月周]|这些[年天]|这几[年天月]|其中|其他|其它|尤其|这样|那样|那么|真的",
    more=("(?:请|能)?再?(?:说)?(?:详细|具体|多)(?:一?点|说说|讲讲|介绍|些)?(?:说说|讲讲|吗)?|还有(?:什么|呢|吗)|继续"),
    counts="",
    opens=frozenset(),
    whether=frozenset(("吗", "是否", "有没有")),
    pronouns={
        **dict.fromkeys(("他们", "她们", "它们"), MANY),
        **dict.fromkeys(("他", "她"), PERSON),
        **dict.fromkeys(("那里", "那儿", "那边", "这里", "这儿"), PLACE),
        **dict.fromkeys([f"{this}{kind}" for this in "这那" for kind in "家个座位种场项件条部"] + ["该"], THIS),
        **dict.fromkeys(("它", "这", "那", "此事", "其"), THING),
    },
    joints=frozenset(("，", ",", "说", "表示", "称", "认为", "宣布", "因为", "但", "并")),
    places=frozenset(),
    where=frozenset(("在",)),
    exactly=frozenset("是 的 呢 了 又 这 那 请问".split()),
    articles=frozenset(),
    small=frozenset(
        "春天 夏天 秋天 冬天 的 了 是 在 有 和 与 对 从 到 被 把 会 要 呢 吧 啊 也 还 就 将 于 为 由 之 以 及 过 着 人 "
        "时间 年纪 人们 钱 名 个 花了 请问 请 发生了 发生 叫 去了 可以 能 最 说 表示 称 认为 宣布 因为 但 并 真".split()
    ),
    of_year="{}年",
)
