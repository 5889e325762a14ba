#!/usr/bin/env python3
"""Write common-passwords.txt: passwords that people choose often or that a guesser tries first.

    pip install zxcvbn==4.5.0
    python3 content/make-common-passwords.py

One password a line, lower case, ASCII, at least 8 characters, sorted. Compare after lower-casing.
The result depends only on this file and on the frequency list of zxcvbn 4.5.0 (MIT, see NOTICE).
"""

from itertools import product
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST, LONGEST = 8, 64
LONG = 15  # the shortest password that is accepted without a second factor
LEAKED = 4000  # how many of the most frequent leaked passwords are taken

WORDS = """
password passwort passw0rd p4ssw0rd p@ssw0rd p@ssword letmein welcome admin administrator secret changeme default
monkey dragon master superman batman football baseball basketball soccer hockey princess sunshine shadow
iloveyou iloveu lovely flower freedom whatever trustno1 starwars pokemon minecraft computer internet samsung
google facebook microsoft windows qwerty azerty qwertz asdfgh zxcvbn abc123 abcdef login access test testing
guest user root server office company business manager employee worker mentor mentoring mentee tandem learning
training summer winter spring autumn monday friday january march december hello happy family friends forever
charlie michael jessica jordan ashley daniel thomas jennifer michelle
""".split()

SEASONS = """
spring summer autumn winter january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
""".split()

PHRASES = """
a bird in the hand is worth two in the bush|a picture is worth a thousand words|a rolling stone gathers no moss
actions speak louder than words|all is fair in love and war|all that glitters is not gold|all you need is love
an apple a day keeps the doctor away|april showers bring may flowers|ask and you shall receive|ask me anything
battery horse staple correct|be the change you wish to see|beam me up scotty|beauty and the beast
better late than never|better safe than sorry|birds of a feather flock together|black lives matter
blood is thicker than water|call me ishmael|can i help you|carpe diem carpe diem|change this password
change your password now|correct horse battery staple|curiosity killed the cat|do not enter this room
do not forget this password|do or do not there is no try|dont forget this password|dont panic dont panic
dont worry be happy|early to bed and early to rise|easier said than done|elementary my dear watson
every cloud has a silver lining|every dog has its day|fortune favours the bold|fortune favors the bold
four score and seven years ago|game of thrones|give me liberty or give me death|go ahead make my day
god bless america|god is good all the time|god save the king|god save the queen|good things come to those who wait
good morning everyone|great minds think alike|hakuna matata hakuna matata|happy birthday to you|happy new year
have a nice day|hello how are you|hello my name is|hello world hello world|hello world program
here comes the sun|home is where the heart is|home sweet home|honesty is the best policy|houston we have a problem
how much wood would a woodchuck chuck|humpty dumpty sat on a wall|i am the best in the world|i am the greatest
i am your father|i forgot my password|i hate passwords|i have a dream|i have no idea|i love jesus christ|i love my baby
i love my children|i love my daughter|i love my family|i love my father|i love my friends|i love my husband
i love my mother|i love my parents|i love my sister|i love my brother|i love my wife|i love my son
i love you baby|i love you forever|i love you mommy|i love you so much|i love you too much|i love you very much
i think therefore i am|i will always love you|i will survive|if at first you dont succeed try try again
ignorance is bliss|in god we trust|it was the best of times|it was a dark and stormy night|itsy bitsy spider
jack and jill went up the hill|jesus is my savior|jesus is my lord|jesus loves me|jesus christ is lord|jingle bells
jingle bells jingle bells|just do it just do it|keep calm and carry on|keep it simple stupid|knowledge is power
laughter is the best medicine|let it be let it be|let it go let it go|let me in please|let sleeping dogs lie
life is beautiful|life is good life is good|life is like a box of chocolates|live and let live|live laugh love
live long and prosper|london bridge is falling down|look before you leap|lord of the rings|love is all you need
love is in the air|luke i am your father|make america great again|make love not war|many hands make light work
mary had a little lamb|may the force be with you|merry christmas|money makes the world go round
my name is|my new password|my secret password|my super secret password|my password is password|my password is strong
my very long password|never give up never surrender|never give up|never say never again|no pain no gain
no place like home|nobody knows this|nothing is impossible|now is the time for all good men|old macdonald had a farm
once upon a time|one for all and all for one|one ring to rule them all|one two three four|one two three four five
open sesame open sesame|our father who art in heaven|out of sight out of mind|password is password
patience is a virtue|peace love and happiness|play it again sam|please change me now|please let me in
practice makes perfect|praise the lord|remember the titans|rome was not built in a day|rome wasnt built in a day
roses are red violets are blue|row row row your boat|seeing is believing|sex drugs and rock and roll|shaken not stirred
she sells sea shells|show me the money|silence is golden|so far so good|some like it hot|star spangled banner
stairway to heaven|super secret password|supercalifragilisticexpialidocious|take me to your leader|temporary password
thank you very much|thats what she said|the answer is forty two|the beatles are the best|the best is yet to come
the cat in the hat|the cat sat on the mat|the early bird catches the worm|the end justifies the means|the end of the world
the force is strong|the grass is always greener|the lord is my shepherd|the matrix has you|the one and only
the pen is mightier than the sword|the quick brown fox|the quick brown fox jumps|the quick brown fox jumps over
the quick brown fox jumps over the lazy dog|the rain in spain|the sky is the limit|the sound of music
the truth is out there|the walking dead|there is no place like home|theres no place like home|this is a password
this is a secret|this is a secure password|this is a strong password|this is a test|this is a very long password
this is my house|this is my life|this is my password|this is not a password|this is secret|this is sparta
this is the password|this is the way|this password is secure|this too shall pass|three blind mice
time flies like an arrow|time heals all wounds|time is money|to be or not to be|to be or not to be that is the question
to infinity and beyond|too many cooks spoil the broth|trust no one trust no one|twinkle twinkle little star
two heads are better than one|united states of america|we are the champions|we the people of the united states
welcome to the jungle|welcome to the team|welcome to my world|what goes around comes around|what is my password
what is the password|whats my password|when in rome do as the romans do|when pigs fly|where there is a will there is a way
who let the dogs out|winter is coming|with great power comes great responsibility|work hard play hard|yes we can yes we can
yesterday all my troubles|you are my sunshine|you are the best|you complete me|you only live once|you shall not pass
your password here|you cant handle the truth|youll never walk alone|enter your password|enter password here
new password please|password must be changed|i am not a robot|the company password|our company password
mentoring and learning|learning is fun|never stop learning|lifelong learning|learn something new every day
"""

ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"]
COLUMNS = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"]
SHORT = """
abc abcd abc123 123 1234 12345 321 qwe qwer qaz wsx asd asdf zxc zxcv 1q2w 1q2w3e a1b2 a1b2c3 aa11 test admin root user love
pass word hello lol haha blah foo bar foobar temp demo 007 69 420 666 777 111 000 121 101 10 01 12 ab xy xyz aaa bbb zzz 1a 2b
""".split()
YEARS = [str(year) for year in range(1990, 2032)]
RECENT = [str(year) for year in range(2018, 2032)]
ENDINGS = ["1", "!", "12", "123", "1234", "12345", "123456", "1!", "123!", "007", "01", "11", "69", "99", "2024", "2025", "2026", "2027"]
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def leaked():
    """The most frequent leaked passwords that are long enough, and every long one."""
    ranked = [p.lower() for p in FREQUENCY_LISTS["passwords"] if len(p) >= SHORTEST]
    return ranked[:LEAKED] + [p for p in ranked if len(p) >= LONG]


def keyboard_walks():
    """Rows, pairs of rows and columns, forwards, backwards, and there and back."""
    walks = ROWS + ["".join(pair) for pair in product(ROWS, ROWS)] + ["".join(ROWS[:n]) for n in (3, 4)]
    walks += ["".join(COLUMNS[i:j]) for i in range(9) for j in range(i + 2, 11)]
    walks += ["".join(c[::-1] for c in COLUMNS[i:j]) for i in range(9) for j in range(i + 2, 11)]
    zigzag = "".join(a + b for a, b in zip(ROWS[0], ROWS[1]))
    walks += [zigzag[:n] for n in range(SHORTEST, len(zigzag) + 1)]
    for walk in walks:
        yield from (walk, walk[::-1], walk + walk[::-1], walk + "123", walk + "!")


def sequences():
    """Counting, the alphabet, and one sign many times."""
    for line in ("1234567890" * 3, "0123456789" * 3, "9876543210" * 3, "0987654321" * 3, ALPHABET, ALPHABET[::-1]):
        yield from (line[:n] for n in range(SHORTEST, 25))
    for sign in ALPHABET + "0123456789" + "!.-*#@_ ":
        yield from (sign * n for n in range(SHORTEST, 25))
    for n in range(4, 13):
        yield from (ALPHABET[:n] + "1234567890"[:n], "1234567890"[:n] + ALPHABET[:n])
        yield "".join(letter + str(i + 1) for i, letter in enumerate(ALPHABET[:n]))
    yield from ("3.1415926535897932", "31415926535897932384", "3141592653589793", "1123581321345589", "2718281828459045")


def repeats():
    """A word or a short piece written several times."""
    for word in WORDS:
        yield from (word * n for n in range(2, 5))
        yield from (sign.join([word] * n) for n in (2, 3) for sign in "-_. ")
    for piece in SHORT:
        yield from (piece * n for n in range(2, 13))


def words_with_endings():
    """A common word with a year, a number or a sign, also twice."""
    for word in WORDS:
        yield from (word + ending for ending in ENDINGS + YEARS)
        yield from (word + word + ending for ending in ENDINGS[:8] if len(word) <= 10)
    for season, year in product(SEASONS, RECENT):
        yield from (season + year + tail for tail in ("", "!", "!!", "123", "!123"))
        yield from (season + "-" + year, season + year + season)


def pairs():
    """Two words that are common by themselves."""
    first = WORDS[:48]
    yield from (a + b for a, b in product(first, WORDS) if a != b and len(a + b) >= LONG)
    frames = ["my{}", "the{}", "new{}", "our{}", "my{}123", "my{}1234567", "{}please", "{}forever", "{}123456789", "{}1234567890"]
    yield from (frame.format(word) for frame, word in product(frames, WORDS))


def phrases():
    """Sayings, titles and lines that everyone knows, in the usual spellings."""
    for phrase in PHRASES.replace("\n", "|").split("|"):
        words = phrase.split()
        joined = "".join(words)
        yield from (sign.join(words) for sign in ("", " ", "-", "_", "."))
        yield from (joined + ending for ending in ("1", "!", "123", "."))


def usable(password):
    return SHORTEST <= len(password) <= LONGEST and password.isascii() and password.isprintable() and password.strip() == password


def main():
    sources = (leaked, keyboard_walks, sequences, repeats, words_with_endings, pairs, phrases)
    passwords = sorted({p for source in sources for p in source() if usable(p)})
    target = Path(__file__).with_name("common-passwords.txt")
    target.write_text("\n".join(passwords) + "\n", encoding="ascii")
    print(f"{len(passwords)} passwords, {sum(len(p) >= LONG for p in passwords)} of them with {LONG} or more characters")


if __name__ == "__main__":
    main()
