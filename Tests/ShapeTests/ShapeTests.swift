import Testing

/// Rules about the project's own text. Each is shown to refuse an example, so that none of them can pass by not looking.
@Suite("The shape of the project")
struct ShapeTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    let breaches: @Sendable (SourceTree) -> [String]
    /// Trees that the rule must refuse.
    let refused: [SourceTree]
    /// What looks alike and is allowed.
    let allowed: [SourceTree]

    init(
      _ name: String, _ breaches: @escaping @Sendable (SourceTree) -> [String], refuses refused: [SourceTree],
      allows allowed: [SourceTree] = []
    ) {
      self.name = name
      self.breaches = breaches
      self.refused = refused
      self.allowed = allowed
    }

    var testDescription: String { name }
  }

  /// A list of statements of which the first says that it is tested.
  private static func security(_ count: Int) -> String {
    (1...count).map { "| S\($0) | a statement | \($0 == 1 ? "test" : "review") |\n" }.joined()
  }

  static let rules: [Rule] = [
    Rule(
      "arrows between targets point one way", ArrowRule.breaches,
      refuses: [
        SourceTree("Sources/Store/Store.swift", "import Kit\nimport Web\n"),
        SourceTree("Sources/Matching/Rank.swift", "public import Store\n"),
        SourceTree("Sources/Web/Site.swift", "@testable import Features\n"),
        SourceTree("Sources/Scheduling/Zone.swift", "import Hummingbird\n"),
        SourceTree("Sources/Features/Asks/Ask.swift", "import GRDB\n"),
        SourceTree("Sources/Drawer/Things.swift", "import Kit\n"),
      ],
      allows: [
        SourceTree("Sources/Web/Site.swift", "import Store\n// import Features\nlet text = \"import Features\"\n"),
        SourceTree("Sources/Store/Engine.swift", "import GRDB\nimport Foundation\n"),
      ]),
    Rule(
      "time and chance come from World", ClockRule.breaches,
      refuses: [
        SourceTree("Sources/Features/Asks/OpenAsk.swift", "let now = Date()"),
        SourceTree("Sources/Matching/Rank.swift", "Int.random(in: 0..<2)"),
        SourceTree("Sources/Kit/ID.swift", "let id = UUID()"), SourceTree("Sources/Jobs/Worker.swift", "let clock = ContinuousClock()"),
        SourceTree("Sources/Kit/ID.swift", "names.shuffled()"),
      ],
      allows: [
        SourceTree("Sources/Tandem/World.swift", "let now = Date()"),
        SourceTree("Sources/Kit/World.swift", "/// Never `Date()`.\nlet id = world.random()\nlet text = \"Date()\""),
      ]),
    Rule(
      "a remote call inside the gap (CloudMeet #43): nothing that takes a transaction waits", WaitingRule.breaches,
      refuses: [
        SourceTree("Sources/Features/A.swift", "func book(_ tx: Transaction, at start: Instant = world.now()) async throws -> ID<A> {"),
        SourceTree("Sources/Features/A.swift", "let body: @Sendable (Transaction) async throws -> Void"),
      ],
      allows: [
        SourceTree(
          "Sources/Store/Store.swift",
          "func read<R>(_ body: @Sendable (Transaction) throws -> R) async throws -> R {\n// (Transaction) async"
        )
      ]),
    Rule(
      "nothing is unwrapped by force", ForceRule.breaches,
      refuses: [
        SourceTree("Sources/Kit/ID.swift", "let id = ID(text)!"), SourceTree("Sources/Kit/ID.swift", "let name = names[0]!.count"),
        SourceTree("Tests/KitTests/IDTests.swift", "let id = try! ID(text)"), SourceTree("Sources/Kit/ID.swift", "let id = value as! ID"),
        SourceTree("Sources/Kit/ID.swift", "fatalError(\"no\")"),
      ],
      allows: [
        SourceTree(
          "Sources/Kit/ID.swift", "if a != b, !names.isEmpty, a! = b { say(\"Well done!\") } // really!".replacing("a! = b", with: "c"))
      ]),
    Rule(
      "no word stands where it does not belong", WordRule.breaches,
      refuses: [
        SourceTree("Sources/Kit/ID.swift", "// " + "TO" + "DO later"), SourceTree("README.md", "See " + "iss" + "ue #12."),
        SourceTree("README.md", "cd " + "/wo" + "rk/main"), SourceTree("content/lessons/a.md", "Ask an " + "A" + "I."),
      ],
      allows: [SourceTree("README.md", "The work of an issue is shared; see https://example.org/shared/home.")]),
    Rule(
      "every statement of security is tested or says why not", SecurityRule.breaches,
      refuses: [
        SourceTree(files: ["docs/security.md": security(41), "Tests/A.swift": "@Test(\"S1 it holds\")"]),
        SourceTree(files: ["docs/security.md": security(42), "Tests/A.swift": "@Test(\"it holds\")"]),
        SourceTree(files: ["docs/security.md": security(42), "Tests/A.swift": "@Test(\"S1 S2 both hold\")"]),
      ],
      allows: [SourceTree(files: ["docs/security.md": security(42), "Tests/A.swift": "@Test(\"S1 it holds\")"])]),
    Rule(
      "types are not named after drawers", NameRule.breaches,
      refuses: [SourceTree("Sources/Kit/A.swift", "struct MailManager {}"), SourceTree("Sources/Kit/A.swift", "enum TextUtil {}")],
      allows: [SourceTree("Sources/Kit/A.swift", "struct ServiceHours {}\nenum Managers {}")]),
    Rule(
      "templates escape every value and hold no inline code", MarkupRule.breaches,
      refuses: [
        SourceTree("Sources/Web/Pages/a.mustache", "{{{name}}}"), SourceTree("Sources/Web/Pages/a.mustache", "{{& name}}"),
        SourceTree("Sources/Web/Pages/a.mustache", "<p style=\"color: red\">"),
        SourceTree("Sources/Web/Pages/a.mustache", "<a onclick=\"go()\">"),
        SourceTree("Sources/Web/Pages/a.mustache", "<script>go()</script>"),
      ],
      allows: [
        SourceTree("Sources/Web/Pages/a.mustache", "<meta content=\"x\"><script type=\"module\" src=\"{{a}}\"></script>{{name}}"),
        SourceTree(MarkupRule.mail, "<p style=\"color: red\">"),
      ]),
    Rule(
      "styles know start and end only", DirectionRule.breaches,
      refuses: [
        SourceTree("Sources/Web/Assets/a.css", "p { margin-left: 1px }"), SourceTree("Sources/Web/Assets/a.css", "p { text-align: right }"),
      ],
      allows: [SourceTree("Sources/Web/Assets/a.css", "/* left\nright */ p { margin-inline-start: 1px } .bright { color: red }")]),
    Rule(
      "scripts and styles stay small", WeightRule.breaches,
      refuses: [
        SourceTree("Sources/Web/Assets/a.js", String(repeating: "x", count: WeightRule.scripts)),
        SourceTree("Sources/Web/Assets/a.css", String(repeating: "x", count: WeightRule.styles)),
      ],
      allows: [SourceTree("Sources/Web/Assets/a.js", "x")]),
    Rule(
      "templates and their names agree", TemplateRule.breaches,
      refuses: [
        SourceTree("Sources/Web/Pages/layout.mustache", "{{> head}}\"layout\""),
        SourceTree("Sources/Features/Asks/Asks.pages/show.mustache", "nobody shows me"),
        SourceTree("Sources/Features/Asks/Asks.swift", ".page(\"/asks/:ask\", ShowAsk.self, \"asks/show\", \"Show an ask\")"),
      ],
      allows: [
        SourceTree([
          SourceFile(path: "Sources/Features/Asks/Asks.swift", text: ".page(\"/asks/:ask\", ShowAsk.self, \"asks/show\", \"Show an ask\")"),
          SourceFile(path: "Sources/Features/Asks/Asks.pages/show.mustache", text: "{{> asks/line}}"),
          SourceFile(path: "Sources/Features/Asks/Asks.pages/line.mustache", text: "{{question}}"),
        ])
      ]),
    Rule(
      "folders, Features.all and the manifest list the same features", FeatureListRule.breaches,
      refuses: [
        SourceTree("Sources/Features/Asks/Asks.swift", "static let asks = Feature(\n    \"Asks\","),
        SourceTree("Package.swift", "let features = [\n  \"Asks\",\n]"),
        SourceTree("Sources/Features/Features.swift", "let all: [Feature] = [\n  .asks,\n]"),
      ],
      allows: [
        SourceTree([
          SourceFile(path: "Sources/Features/Asks/Asks.swift", text: "static let asks = Feature(\"Asks\")"),
          SourceFile(path: "Package.swift", text: "let features = [\n  \"Asks\",\n]"),
          SourceFile(path: "Sources/Features/Features.swift", text: "let all: [Feature] = [\n  .asks,\n]"),
        ])
      ]),
    Rule(
      "files are short", SizeRule.breaches,
      refuses: [SourceTree("Sources/Kit/A.swift", String(repeating: "let a = 1\n", count: SizeRule.most + 1))],
      allows: [SourceTree("Sources/Kit/A.swift", String(repeating: "// words\n\n", count: SizeRule.most + 1))]),
  ]

  @Test("the project keeps the rule", arguments: rules)
  func project(_ rule: Rule) {
    let found = rule.breaches(.project)
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test("the rule refuses what breaks it", arguments: rules)
  func refusals(_ rule: Rule) {
    for (number, tree) in rule.refused.enumerated() { #expect(!rule.breaches(tree).isEmpty, "example \(number)") }
  }

  @Test("the rule allows what only looks alike", arguments: rules)
  func allowances(_ rule: Rule) {
    for tree in rule.allowed { #expect(rule.breaches(tree) == []) }
  }

  @Test("the whole project is read")
  func reading() {
    #expect(SourceTree.project.under("Sources", ending: ".swift").count > 200)
    #expect(SourceTree.project.under("Sources", ending: ".mustache").count > 40)
    print(SizeRule.report(.project))
  }
}
