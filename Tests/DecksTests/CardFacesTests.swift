import Decks
import Testing

@Suite("Sides of cards")
struct CardFacesTests {
  @Test(
    "emphasis holds no white space at its ends, entities are read once, and a sign of exclamation makes no picture of a sound",
    arguments: [
      ("<b>der </b>Hund", "**der** Hund"), ("a<i> b</i> c", "a *b* c"), ("a<b></b><i> </i>b", "a b"),
      ("<b><i>x </i></b>y", "***x*** y"), ("<b>a <i>b</b> c</i>", "**a *b*** c"), ("<b>a<br>b</b>", "**a**\n\nb"),
      ("&amp;lt; &lt; AT&amp;T &amp; &amp;#33;", "\\&lt; \\< AT&T & \\&\\#33;"),
      ("¡Hola![sound:hola.mp3]", "¡Hola\\![♪ hola.mp3](/m/hola.mp3)"), ("So![1] [sound:gone.mp3]!", "So!\\[1\\] ♪ gone.mp3!"),
      ("<img alt=src src = 'a b.png'>", "![a b.png](/m/a b.png)"), ("<img src=\"gone&amp;.png\">", "▣ gone&.png"),
    ])
  func markdown(_ html: String, _ markdown: String) {
    #expect(faces(html)?.front == markdown)
  }

  @Test(
    "HTML as plain text has no tags, and each block a line of its own",
    arguments: [
      ("<p>Which <b>town</b>?</p><p>Think.</p>", "Which town?\nThink."), ("a<br/>b &amp;\n c", "a\nb & c"), ("1 < 2", "1 < 2"),
      ("<ul><li>x</li> <li>y</li></ul>", "x\ny"), ("<td>a</td><td>b</td>", "a b"), ("see <img src=\"map.png\">", "see ▣ map.png"),
      ("<script>alert(1)</script>", ""), ("plain", "plain"),
    ])
  func lines(_ html: String, _ text: String) { #expect(HTMLText.lines(html) == text) }

  @Test("however often a template asks for a long field, a side stays short and is soon made")
  func bounds() throws {
    let long = String(repeating: "a", count: 1_000_000)
    for template in ["{{Front}}", "{{cloze:Front}}", "{{#Front}}{{/Front}}", "{{#Front}}{{Front}}{{/Front}}"] {
      let made = try #require(faces(long, front: String(repeating: template, count: 20_000)))
      #expect(made.isCut && made.front.utf8.count <= 100_000 && made.work < 1_500_000, "\(template)")
    }
    let gap = "{{c1::\(String(repeating: "a", count: 90_000))}}"
    let gaps = try #require(faces(gap, front: String(repeating: "{{cloze:Front}}", count: 20_000)))
    #expect(gaps.isCut && gaps.work < 1_500_000)
    let whole = try #require(faces("a", front: "{{#Front}}{{Front}}{{/Front}}{{^Front}}b{{/Front}}"))
    #expect(whole.front == "a" && !whole.isCut)
  }

  @Test("a text is cut between two characters")
  func edge() throws {
    for character in ["👩‍👩‍👧", "🇩🇪", "e\u{301}", "日"] {
      let made = try #require(faces(String(repeating: character, count: 50_000)))
      #expect(made.isCut && Set(made.front) == Set(character) && made.front.utf8.count > 99_900, "\(character)")
    }
  }

  @Test("a tag of more than 10,000 bytes and the name of a sound of more than 1,000 are text")
  func windows() {
    let long = String(repeating: "x", count: 10_001)
    #expect(faces("<a \(long)>b")?.front == "\\<a \(long)\\>b")
    #expect(faces("<a \(long.dropFirst(3))>b")?.front == "b")
    #expect(faces("[sound:\(long.prefix(1001))]")?.front == "\\[sound:\(long.prefix(1001))\\]")
    #expect(faces("[sound:\(long.prefix(1000))]")?.front == "[♪ \(long.prefix(1000))](/m/\(long.prefix(1000)))")
  }

  @Test(
    "hostile text is read in time that grows with its length alone",
    arguments: [
      "<a", "<a ", "<", "<!--", "<script", "<script></script>", "<img src=\"", "<img src=", "[sound:", "![sound:a]", "{{c1::", "{{c1::a}}",
      "{{", "&", "&#", " <br>", "<b>x </b> ", "<i><b>x</i>", "🇩🇪", "e\u{301}",
    ])
  func hostile(_ unit: String) {
    let text = String(repeating: unit, count: 400_000 / unit.utf8.count)
    for template in ["{{Front}}", "{{cloze:Front}}", text] {
      let seconds = processorSeconds { _ = faces(text, front: template) }
      #expect(seconds < 5, "\(template.prefix(20))")
    }
    // What goes out is read too, and no field is cut there.
    var deck = Deck(created: 1_795_147_200)
    deck.noteTypes[1] = type(front: "{{Front}}")
    deck.notes = [note(text)]
    let seconds = processorSeconds { _ = try? deck.package(modified: 1) }
    #expect(seconds < 5)
  }

  @Test("no text of a deck holds U+0000, which no database stores")
  func nul() {
    #expect(note("a\0b").fields == ["ab"] && type(front: "{{\0Front}}").templates.first?.front == "{{Front}}")
    #expect(faces("a&#0;b&#x0;\0c")?.front == "a\u{FFFD}b\u{FFFD}c")
  }

  @Test("scripts and styles are left out of a template, whatever they hold; the rest stays")
  func scripts() {
    let template = "<style>b</style>{{Front}}<script>{{Front}} \(String(repeating: "x", count: 200_000))</script>!"
    #expect(type(front: template).withoutScripts.templates.first?.front == "{{Front}}!")
    let comment = "<!-- <script> -->{{Front}}<script>x</script>"
    #expect(type(front: comment).withoutScripts.templates.first?.front == comment)
  }

  private func type(front: String) -> Deck.NoteType {
    Deck.NoteType(id: 1, name: "One", fields: ["Front"], templates: [.init(name: "Card", front: front, back: "")])
  }

  private func note(_ field: String) -> Deck.Note { Deck.Note(id: 1, guid: "a", type: 1, modified: 0, tags: [], fields: [field]) }

  private func faces(_ field: String, front: String = "{{Front}}") -> CardFaces? {
    let card = Deck.Card(id: 1, note: 1, deck: 1, ordinal: 0, standing: .new(position: 1))
    return CardFaces(card, note(field), type(front: front), deck: "") { $0.hasPrefix("gone") ? nil : "/m/\($0)" }
  }
}
