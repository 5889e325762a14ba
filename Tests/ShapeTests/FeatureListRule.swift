import Foundation

/// A feature is its folder and two lines: one in `Features.all`, one in the manifest. The three say the same.
enum FeatureListRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let declared = declaredFeatures(tree)
    let listed = names(between: "let all: [Feature] = [", in: tree.file("Sources/Features/Features.swift"), /\.(\w+)/).map {
      $0.lowercased()
    }
    let copied = names(between: "let features = [", in: tree.file("Package.swift"), /"(\w+)"/)
    var found: [String] = []
    for name in declared {
      if !listed.contains(name.lowercased()) { found.append("Features.all lacks \(name).") }
      if !copied.contains(name) { found.append("Package.swift does not copy the pages of \(name).") }
      if tree.file("Sources/Features/\(name)/\(name).swift") == nil { found.append("\(name) has no table of contents \(name).swift.") }
    }
    found += copied.filter { !declared.contains($0) }.map { "Package.swift lists \($0), which is no feature." }
    found += listed.filter { name in !declared.contains { $0.lowercased() == name } }.map {
      "Features.all lists \($0), which has no folder."
    }
    if Set(copied).count != copied.count || Set(listed).count != listed.count { found.append("A feature is listed twice.") }
    return found
  }

  /// Features by the folder in which a value of the type is made.
  static func declaredFeatures(_ tree: SourceTree) -> [String] {
    tree.under("Sources/Features", ending: ".swift").flatMap { file in
      file.text.matches(of: /static let \w+ = Feature\(\s*"(\w+)"/).map { String($0.1) }
    }
  }

  private static func names(between start: String, in file: SourceFile?, _ pattern: Regex<(Substring, Substring)>) -> [String] {
    guard let text = file?.text, let from = text.range(of: start), let to = text[from.upperBound...].firstIndex(of: "]") else { return [] }
    return text[from.upperBound..<to].matches(of: pattern).map { String($0.1) }
  }
}
