"""A first judgement of whether a post needs a reply. When in doubt it does: silence costs more than a look.

Praise, reposts, headlines and laughter need none; a question, a request or a complaint in any of the languages
known here does. A model trained on the workspace's own corrections comes later; the answer has the same shape.
"""

import re
from dataclasses import dataclass
from typing import Final

_NOISE: Final = re.compile(r"https?://\S+|@[\w.@-]+")
_LINK: Final = re.compile(r"https?://\S+")
_REPOST: Final = re.compile(r"^\s*(?:rt|mt)\b[\s:]*@", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"“]\s*@\w+:.*", re.DOTALL)
_QUESTION: Final = re.compile(
    r"[?\uff1f\u061f¿]"
    r"|\b(?:how (?:do|can|long|much|many|come)|why|when (?:will|is|are|can|do)|where (?:is|are|can|do)"
    r"|what(?:'s| is| about)"
    r"|who (?:do|can)|is there|are there|can (?:i|you|we|someone|anyone)|could (?:you|i|we)|would you"
    r"|do (?:you|i)|does"
    r"|cuándo|cuando (?:llega|van)|cómo|dónde|por qué|wann|warum|wieso|wie (?:kann|lange)|wo (?:ist|kann)|pourquoi"
    r"|comment (?:faire|puis)|quand|où|perché|quando|dove|come (?:posso|mai)|porque|por que|como (?:faço|posso)|cadê"
    r"|waarom|wanneer|hoe (?:kan|lang))\b",
    re.IGNORECASE,
)
_REQUEST: Final = re.compile(
    r"\b(?:please|pls|plz|help|assist(?:ance)?|need|want|trying to|waiting|follow (?:me|back)|dm(?:'?d|s|ed)?"
    r"|call|contact"
    r"|respond|response|reply|answer|refund|rebook|cancel(?:l?ed|l?ing)?|reimburs\w*|compensat\w*|fix|update"
    r"|let (?:me|us) know|ask(?:ing|ed) (?:if|for|you)"
    r"|looking for|wish|should|ayuda|necesito|favor|quiero|reembolso|respond\w+|hilfe|bitte|brauche|möchte|erstattung"
    r"|aide[rz]?|besoin|svp|merci de|remboursement|aiuto|vorrei|bisogno|rimborso|ajuda|preciso|reembolso|quero"
    r"|help[at]?|graag|terugbetaling|مساعدة|أريد|मदद|कृपया|помогите|помощь|нужно|返金|助けて|도와)\b",
    re.IGNORECASE,
)
_COMPLAINT: Final = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|without|\w+n't|(?:do|does|did|is|was|ca|wo|would|could|should|are"
    r"|were|have|has|had|ai)nt|but|however|still|unfortunately|worst?e?"
    r"|bad(?:ly)?|terribl\w*"
    r"|horribl\w*|awful|poor(?:ly)?|suck\w*|fail\w*|fix|broke\w*|wrong|problem\w*|issue\w*|errors?|crash\w*"
    r"|late|delay\w*"
    r"|lost|los(?:e|ing|t)|miss(?:ed|ing)|stuck|stranded|charged?|rude|unacceptable|disappoint\w*|frustrat\w*"
    r"|annoy\w*|angry"
    r"|upset|ridiculous|disgust\w*|joke|shame\w*|pathetic|useless|wast\w+|hours?|hrs?|minutes|mins|wtf|hell"
    r"|damn|fuck\w*"
    r"|shit\w*|crap|hate\w*|scam|stol\w+|steal\w*|complain\w*|ruin\w*|damag\w*|slow|ignor\w*|hung up|on hold"
    r"|would (?:have been|be) (?:nice|great|good)"
    r"|(?:is|are|was|been|went|still|app|site|website|system)\*? down|pity|bankrupt|thanks (?:to you|for nothing)"
    r"|sad|sorry|unable|impossible|mess|nightmare|seriously|instead|left|except"
    r"|fiasco|screw\w*|con|rip-?off\w*|unhappy|blame\w*|spam\w*|fyi|gotta"
    r"|no (?:me|puedo|funciona)|nunca|mal[ao]?|peor|problema|pésim\w*|horrible|vergüenza|tarde|nicht|kein\w*"
    r"|nie|schlecht\w*"
    r"|verspät\w*|leider|defekt|kaputt|katastroph\w*|pas|jamais|mauvais\w*|nul(?:le)?|retard\w*|panne|honte"
    r"|non|mai|peggio\w*"
    r"|pessim\w*|guasto|ritardo|vergogna|não|nao|pior|péssim\w*|atras\w*|niet|geen|slecht|vertraging|не|нет"
    r"|никогда|ужас\w*)\b"
    r"|[😠😡🤬😤👎💔😢😭🙄😒😞😩😫🤦]|:\(|:-\(",
    re.IGNORECASE,
)
_MURMUR: Final = re.compile(r"\b(?:down|out|again|hope|too|only|why|really|until|till|than)\b", re.IGNORECASE)
"""Words of complaints that stand in praise as well: beside praise they say nothing."""
_THANKED_FOR: Final = re.compile(
    r"\b(?:thanks?|thank ?(?:you|u)|thx|tks|thnx|ty|appreciate[sd]?|grateful|love)\b[^.!?\n]{0,25}?\b(?:for|the"
    r"|your|all)\b"
    r"[^.!?\n]{0,30}?\b(?:help\w*|assist\w*|respon\w+|repl\w+|answer\w*|updates?|support|contact\w*|shout-? ?out"
    r"|getting back|offer)\b",
    re.IGNORECASE,
)
"""Thanks for an answer is no request for one."""
_PRAISE: Final = re.compile(
    r"\b(?:thanks?|thank ?(?:you|u)|thx|tks|thn?x|ty|appreciat\w*|love\w*|loving|great|awesome|amazing|best"
    r"|excellent|fantastic"
    r"|wonderful|perfect|brilliant|impress\w*|kudos|props|congrat\w*|well done|good (?:job|work|morning)|nice"
    r"|happy|glad|excited"
    r"|enjoy\w*|welcome|gracias|genial|excelente|encanta\w*|danke\w*|super|toll\w*|klasse|merci|bravo|génial\w*|adore"
    r"|grazie|ottim\w*|fantastic\w*|obrigad\w*|adoro|amei|bedankt|geweldig|спасибо|отлично|شكرا|धन्यवाद|ありがとう|감사)\b"
    r"|[😍🥰😘❤💕💙💚👍👏🙌🎉🤗😊☺🔥💯]|ありがとう|<3|:\)|:-\)",
    re.IGNORECASE,
)
_LAUGH: Final = re.compile(
    r"l+o+l+|(?:lo)+l|lmf?ao+|rofl|(?:ha){2,}h?|(?:he){2,}h?|(?:ja){2,}j?|kkk+|[😂🤣😆😅]+", re.IGNORECASE
)
_TOKEN: Final = re.compile(r"\w+|[😂🤣😆😅]+")
_ENOUGH: Final = 2000
"""Characters that are looked at: nobody asks for help only after so many."""
_PERSONAL: Final = re.compile(
    r"\b(?:i|i'?m|i'?ve|i'?d|im|me|my|mine|we|we'?re|our|us|you|your|u|ur|yo|mi|mis|ich|mein\w*|wir|je|j'|mon"
    r"|ma|mes|nous|io|mio|mia"
    r"|eu|meu|minha|ik|mijn|я|мой|моя)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PRAISE_UP_TO: Final = 20
_HEADLINE_FROM: Final = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a reply is needed, how likely that is (0 to 1), and why in a plain sentence."""

    needed: bool
    probability: float
    why: str


def judge(text: str, *, outbound: bool = False, is_repost: bool = False) -> Judgement:
    """The judgement of one post by its words alone."""
    if outbound:
        return Judgement(False, 0.0, "Our own post needs no reply.")
    if is_repost or repeats(text):
        return Judgement(False, 0.05, "A repost needs no reply.")
    text = text[:_ENOUGH]
    said = _THANKED_FOR.sub("thanks", " ".join(_NOISE.sub(" ", text.replace("\u2019", "'")).split()))
    for pattern, probability, kind in ((_QUESTION, 0.95, "a question"), (_REQUEST, 0.9, "a request")):
        match = pattern.search(said)
        if match:
            return Judgement(True, probability, f"It reads like {kind}: “{match.group(0).strip()}”.")
    complaint = _COMPLAINT.search(said)
    if complaint:
        return Judgement(True, 0.85, f"It may be a complaint: “{complaint.group(0).strip()}”.")
    return _without_a_complaint(text, said)


def _without_a_complaint(text: str, said: str) -> Judgement:
    tokens = _TOKEN.findall(said)
    if tokens and all(_LAUGH.fullmatch(token) for token in tokens):
        return Judgement(False, 0.15, "It is laughter alone.")
    words = _WORD.findall(said)
    praise = _PRAISE.search(said)
    if praise and len(words) <= _PRAISE_UP_TO:
        return Judgement(False, 0.15, f"It reads like praise or thanks: “{praise.group(0).strip()}”.")
    murmur = _MURMUR.search(said)
    if murmur:
        return Judgement(True, 0.75, f"It may be a complaint: “{murmur.group(0)}”.")
    if _is_headline(text, said, words):
        return Judgement(False, 0.2, "It reads like a headline with a link.")
    return Judgement(True, 0.6, "Nothing says that it needs no reply.")


def repeats(text: str) -> bool:
    """Passed on as it was: what stands around the quoted words are a few of one's own at most."""
    if _REPOST.search(text):
        return True
    quoted = _QUOTED.search(text)
    if quoted is None:
        return False
    own = _NOISE.sub(" ", text[: quoted.start()]) + _after_quote(quoted.group(0))
    return _WORD.search(own) is None


def _after_quote(quoted: str) -> str:
    """What follows the closing quotation mark."""
    end = max(quoted.rfind("”"), quoted.rfind('"', 1))
    return quoted[end + 1 :] if end > 0 else ""


def _is_headline(text: str, said: str, words: list[str]) -> bool:
    """Mostly capitalised words and a link, and nobody speaking of themselves or to us."""
    if len(words) < _HEADLINE_FROM or not _LINK.search(text) or _PERSONAL.search(said):
        return False
    return sum(word[0].isupper() for word in words) * 10 >= len(words) * 6
