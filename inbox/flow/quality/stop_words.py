"""Words that say nothing of what a text is about, in English, German, Spanish and French."""

from typing import Final

_WORDS: Final = """
a about after again all also am an and any are as at back be because been before being but by can could day did do
does doing don down even for from get getting go going got had has have having he her here him his how i if in into
is it its just like ll me more my need never no not now of off on one only or our out over please re s she should so
some still t than thank thanks that the their them then there these they this those time to today too up us ve very
want was we were what when where which who why will with would you your aber als auch auf aus bei bin bis da das
dass dem den der des die doch du ein eine einen er es für hat habe ich im ist ja kann kein mein meine mich mir mit
nach nicht noch nur oder sie sind und uns von vor war wenn wie wir zu zum al como con cuando de del el en esta este
ha hay la las le lo los más mi muy nos o para pero por porque que qué se si sin su un una y ya au aux avec ce ces c
dans elle est et il ils j je les leur ma mais mes mon n ne nous ou par pas plus pour qu qui sa ses son sur une vous
"""
STOP_WORDS: Final = frozenset(_WORDS.split())
