import Foundation
import Testing

@testable import Web

@Suite("Templates")
struct TemplateTests {
  static let others = [
    "frame": "<main>{{$title}}None{{/title}}|{{$body}}{{/body}}</main>\n", "line": "<li>{{.}}</li>",
    "inner": "{{<frame}}{{$title}}Inner{{/title}}{{$body}}[{{$more}}own{{/more}}]{{/body}}{{/frame}}",
  ]

  private func print(_ text: String, _ value: Value) throws -> String {
    var templates: [String: Template] = [:]
    for (name, other) in Self.others { templates[name] = try TemplateReader.read(other) }
    var rendering = TemplateRendering(value, templates: templates)
    rendering.print(try TemplateReader.read(text))
    return String(decoding: rendering.bytes, as: UTF8.self)
  }

  static let page: Value = [
    "name": "Zoë <b> & \"Co\"'s", "count": 3, "share": .real(0.5), "yes": true, "no": false, "none": .null, "empty": "",
    "markup": .html("<i>x</i>"),
    "list": ["a", "<"], "nothing": [], "person": ["name": "Ada", "town": ["name": "Köln"]],
    "rows": [["id": 1], ["id": 2], ["id": 3, "name": "c"]],
  ]

  @Test(
    "tags print what the value says",
    arguments: [
      ("{{name}}", "Zoë &lt;b&gt; &amp; &quot;Co&quot;&#39;s"), ("{{count}} {{share}} {{yes}}", "3 0.5 true"), ("{{markup}}", "<i>x</i>"),
      ("({{none}}{{missing}}{{empty}}{{person}})", "()"), ("{{person.town.name}}", "Köln"), ("{{person.town.mayor.name}}", ""),
      ("{{#person}}{{name}} {{town.name}} {{count}}{{/person}}", "Ada Köln 3"),
      ("{{#person}}{{#town}}{{.name}}{{.count}}{{count}}{{/town}}{{/person}}", "Köln3"),
      ("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}not{{/no}}{{^missing}}m{{/missing}}{{^empty}}e{{/empty}}{{^yes}}!{{/yes}}", "ynotme"),
      ("{{#empty}}x{{/empty}}{{#markup}}{{.}}{{/markup}}{{#name}}n{{/name}}", "<i>x</i>n"),
      ("{{#list}}{{#first()}}<{{/first()}}{{.}}{{^last()}}, {{/last()}}{{#last()}}>{{/last()}}{{/list}}", "<a, &lt;>"),
      ("{{#rows}}{{id}}{{#person}}{{^first()}}-{{/first()}}{{/person}}{{.name}};{{/rows}}", "1-;2-;3-c;"),
      ("{{#nothing}}x{{/nothing}}{{^nothing}}none{{/nothing}}", "none"),
    ])
  func tags(_ text: String, _ wanted: String) throws {
    #expect(try print(text, Self.page) == wanted)
  }

  @Test(
    "templates stand in others, and replace parts of them; the outermost page has the last word",
    arguments: [
      ("{{#list}}{{> line}}{{/list}}", "<li>a</li><li>&lt;</li>"), ("{{<frame}}{{$body}}B{{/body}}{{/frame}}", "<main>None|B</main>\n"),
      ("{{<inner}}{{/inner}}", "<main>Inner|[own]</main>\n"),
      ("{{<inner}}{{$more}}{{count}}{{/more}}{{/inner}}", "<main>Inner|[3]</main>\n"),
      ("{{<inner}}{{$title}}Outer{{/title}}{{/inner}}", "<main>Outer|[own]</main>\n"),
    ])
  func others(_ text: String, _ wanted: String) throws {
    #expect(try print(text, Self.page) == wanted)
  }

  @Test(
    "a line with one tag alone leaves no line behind; a value does",
    arguments: [
      ("a\n{{#list}}\n{{.}}\n{{/list}}\nb\n", "a\na\n&lt;\nb\n"), ("  {{#yes}}  \nx\n  {{/yes}}", "x\n"),
      ("{{#yes}}{{#yes}}\nx{{/yes}}{{/yes}}\n", "\nx\n"),
      ("{{count}}\n{{count}}\n", "3\n3\n"), ("{{<frame}}\n{{$body}}\nB\n{{/body}}\n{{/frame}}\nend", "<main>None|B\n</main>\nend"),
      ("{{^no}}\r\nx\r\n{{/no}}\r\n", "x\r\n"),
    ])
  func lines(_ text: String, _ wanted: String) throws {
    #expect(try print(text, Self.page) == wanted)
  }

  @Test(
    "what cannot be read is told with its line",
    arguments: [
      ("a\n{{#x}}\n", "line 2: {{#x}} has no end."), ("{{#x}}{{/y}}", "line 1: {{/y}} ends nothing that is open."),
      ("\n\n{{x", "line 3: {{ has no }}."),
      ("{{{x}}}", "line 1: {{{x}} is not known."), ("{{#most()}}{{/most()}}", "line 1: most() is not known."),
      ("{{/x}}", "line 1: {{/x}} ends nothing that is open."),
      ("{{<frame}}{{x}}{{/frame}}", "line 1: Between {{<frame}} and its end stand parts only."),
    ])
  func faults(_ text: String, _ wanted: String) throws {
    let fault = #expect(throws: TemplateReader.Fault.self) { try TemplateReader.read(text) }
    #expect(fault?.description == wanted)
  }

  @Test("a template that names another which is missing is found at the start")
  func missing() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "{{#list}}{{> lost}}{{/list}}".write(to: folder.appending(path: "page.mustache"), atomically: true, encoding: .utf8)
    let fault = #expect(throws: Templates.Fault.self) { try Templates([("asks", folder)]) }
    #expect(fault?.description == "The template asks/page names lost, which there is not.")
  }
}
