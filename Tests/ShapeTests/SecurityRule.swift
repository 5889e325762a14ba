/// The statements of `docs/security.md` and the tests that name them hold each other.
enum SecurityRule {
  static let list = "docs/security.md"

  static func breaches(_ tree: SourceTree) -> [String] {
    guard let file = tree.file(list) else { return [] }
    var statements: [Int: Bool] = [:]
    for match in file.text.matches(of: /(?m)^\| S(\d+) \|.*\| ([^|]+) \|$/) {
      if let number = Int(match.1) { statements[number] = match.2 == "test" }
    }
    var named: Set<Int> = []
    for test in tree.under("Tests", ending: ".swift") {
      for title in test.text.matches(of: /@Test\(\s*"((?:S\d+ )+)/) {
        named.formUnion(title.1.matches(of: /\d+/).compactMap { Int($0.0) })
      }
    }
    let missing = (1...42).filter { statements[$0] == nil }.map { "\(list) has no S\($0)" }
    let untested = statements.filter { $0.value && !named.contains($0.key) }.map { "\(list): no test names S\($0.key)" }
    let unlisted = named.filter { statements[$0] != true }.map { "A test names S\($0), which \(list) does not call tested" }
    return missing + untested.sorted() + unlisted.sorted()
  }
}
