import Testing

@testable import Interchange

@Suite struct MarkdownTests {
  @Test("text is rendered, headings move down by the shift")
  func headings() {
    #expect(Markdown.html("# A *b*", headingShift: 2) == "<h3>A <em>b</em></h3>\n")
    #expect(Markdown.html("##### A", headingShift: 4) == "<h6>A</h6>\n")
  }

  @Test("the words of a text are told on one line, without marks")
  func oneLine() {
    #expect(Markdown.words("# A *b*\n\n- c\n- [d](/e) ![f](/g.png) <b>x</b> `h` \\*") == "A b - c - d f x h *")
    #expect(Markdown.words(String(repeating: ">", count: 500)).hasPrefix(">>>") && Markdown.words("").isEmpty)
  }

  @Test(
    "nothing that runs or loads from elsewhere comes through",
    arguments: [
      "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
      "[a](data:text/html,x)", "[a](//evil.example)", "[a](/\\evil.example)", "[a](/&#9;/evil.example)", "<javascript:alert(1)>",
      "![a](https://evil.example/x.png)", "![a](//evil.example/x.png)", "[a]\n\n[a]: vbscript:x", "[a](relative/path)", "<!-- x -->",
    ])
  func harmless(source: String) {
    let html = Markdown.html(source).lowercased()
    for trace in ["<script", "<img", "href", "src=", "<!--", "onerror"] { #expect(!html.contains(trace)) }
  }

  @Test("S31 links to http, https, mailto and own paths stay, as do own pictures")
  func allowed() {
    for address in ["http://a.example", "https://a.example/b?c=d", "mailto:a@b.example", "/lessons/1"] {
      #expect(Markdown.html("[a](\(address))").contains("href=\"\(address)\""))
    }
    #expect(Markdown.html("![a](/media/a.png)").contains("<img src=\"/media/a.png\" alt=\"a\" />"))
  }

  @Test("the words of a refused link or picture stay")
  func words() {
    #expect(Markdown.html("[see *this*](javascript:x) ![a cat](http://x.example/c.png)") == "<p>see <em>this</em> a cat</p>\n")
  }

  @Test("what is too long or too deep is refused early and shown as typed")
  func refused() {
    #expect(throws: Markdown.Refusal.tooLong) { try Markdown.render(String(repeating: "a", count: 100_001)) }
    #expect(throws: Markdown.Refusal.tooDeep) { try Markdown.render(String(repeating: "> ", count: 10_000) + "a") }
    #expect(throws: Markdown.Refusal.tooDeep) { try Markdown.render(String(repeating: "- ", count: 10_000) + "a") }
    let stairs = (0..<70).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    #expect(throws: Markdown.Refusal.tooDeep) { try Markdown.render(stairs) }
    #expect(throws: Markdown.Refusal.tooManyBrackets) { try Markdown.render(String(repeating: "[", count: 50_000)) }
    #expect(Markdown.html(String(repeating: "> ", count: 100) + "<b>").hasSuffix("&gt; &lt;b&gt;</p>\n"))
  }

  @Test("hostile text takes at most twenty times what prose of its length takes", arguments: [99_000, 1_000_000])
  func hostile(size: Int) {
    func seconds(_ unit: String) -> Double {
      let source = String(repeating: unit, count: size / unit.utf8.count)
      return (0..<3).map { _ in processorSeconds { _ = Markdown.html(source) } }.min() ?? 0
    }
    let prose = seconds("Ask, and write down what helped. ")
    let units = ["[", "![[]()", "`", "*a **a ", "_a**", "<", "<!--", "> ", "- a\n ", "\n", "[a](", "**", "x`", "&", "\\"]
    // Quadratic work would take thousands of times as long.
    for unit in units { #expect(seconds(unit) < 20 * prose, "\(unit.debugDescription)") }
  }
}
