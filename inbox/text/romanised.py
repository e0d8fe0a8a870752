"""Hindi in Latin letters, as people type it: told by its little words, which no other of our languages has.

Urdu in Latin letters looks the same and is called Hindi too: whoever reads the one reads the other.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"[a-z]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OWN: Final = _set(
    """
    hai hain hei hy nahi nahin nhi nhin nahn nahee naa nai kya kyaa kia kyu kyun kyon kyo kaise kaisa kaisi kab kahan
    kaha kahaan kidhar kaun kon kisi kisko kiska kiski kitna kitni kitne bhi bhee bhai bhaiya bhaijaan behen bhen
    aap aapko aapka aapki aapke aapne aapse apko apka apki apke apne apna apni hum humko hume hamein humein hame
    hamara hamari hamare humara humare humari hmara hmari hmare tum tumko tumhe tumhara tumhari tumhare tumne tujhe
    tujhko mera meri mere mere mujhe mujhko mujhse muje mereko maine mene tera teri tere unka unki unke unko unhe usko
    uska uski uske usse usne isko iska iski iske isse isne inka inki inke inko inhe yeh woh wo koi kuch kuchh kuchch
    sab sabko sabse sabhi bahut bohot bahot bhot bohut accha acha achha achhi achi ache acche karo karna karne karni
    karke karta karte karti kardo kare karenge karega karegi kijiye kijie kiya krna krne kro krke krta krte raha rahe
    rahi rha rhe rhi rahaa gaya gaye gayi gya gye gyi hua hui hue huaa hota hoti hote hoga hogi hoge hogaya hona hone
    thi toh lekin magar agar phir fir abhi abi kabhi kbhi jab jabki sirf aur yaar yaaro wala wale wali waala vala
    vaala liye saath sath bina baad pehle pahle jaise jaisa waise aise aisa aisi itna itni itne utna log logo logon
    desh paisa paise rupaye chahiye chahie chahta chahte chahti dekh dekho dekha dekhna dekhe dekhi bolo bolte bolta
    bola jao jaa jata jati jate jaate jaata jayega jayenge jaunga aaya aayi aaye aana aao aaj aayega jana jane diya
    diye dena lena liya lunga milega milegi milta mila mile mili mujh tujh matlab mein hoon hun hu kyunki kyuki isliye
    warna varna zyada jyada thoda thodi bas bilkul sahi galat jaldi dost dosto zindagi pyar pyaar dil duniya baat
    batao bata bataye sala saala sarkar janta modiji shukriya dhanyavad namaste namaskar kripya kripaya shayad kal
    parso raat subah ghar khana pani paani gaadi samjh samajh pata pta malum maloom sakta sakte sakti skta skte
    chalo chal chala chalta ruko suno sun sunte lagta lagti laga lagi lage hota andar bahar upar neeche niche bade
    bada badi chota choti naya naye nayi purana purane mehnga sasta jawab sawal shikayat madad
    """
)
"""Words of Hindi that are hardly words elsewhere; spellings vary, as they do in posts."""
_SHARED: Final = _set(
    "ka ki ke ko se ne me mai main to hi na par pe per ho h k m b bhi ya ye jo us is in tha the de do le ek din sir ji "
    "yar or kar kr nei hm mat lo ja jai aa ab apni bol bat din koi rah"
)
"""Words that Hindi has too: they count only beside words of its own."""
_ALSO_ELSEWHERE: Final = _set(
    "kia nai sab sun din dil bas kal pani laga lage bata bade jane naa sala wo hui hue mile mila pata kon tum mera "
    "karna mere teri hum hun chal koi mili bola acha rahi rahe bina badi jata jati jate hy tere"
)
"""Of its own words those that are words of a European or Malay language too: one alone says little."""
_SOUNDS: Final = re.compile(
    r"[a-z]*(?:aa|kh|bh|dh|jh|chh)[a-z]*|[a-z]{2,}(?:unga|ungi|enge|engi|ega|egi|oge|ogi|iye|iyo|kar|ke|ta|te|ti|na|ne|ni|ya|ye)"
)
"""Letters as Hindi's sounds and endings are written; they count only beside its own words."""
_SURE: Final = 1.6
_SHARE: Final = 0.35
_TRACE: Final = 1.0


def hindi(lowered: str) -> float | None:
    """How surely a text in lower case is Hindi in Latin letters: 0.0 not at all; None: there are traces of it.

    Surely Hindi is 0.8 and more.
    """
    words = _WORD.findall(lowered)
    if not words:
        return 0.0
    own = sum(0.5 if word in _ALSO_ELSEWHERE else 1.0 for word in words if word in _OWN)
    if own < _TRACE:
        return 0.0
    beside = sum(0.5 for word in words if word not in _OWN and (word in _SHARED or _SOUNDS.fullmatch(word)))
    score = own + beside
    if score >= _SURE and score >= _SHARE * len(words):
        return min(0.8 + 0.03 * score, 0.98)
    return None
