/// What a template must not hold: unescaped values, and markup that the content security policy would refuse.
enum MarkupRule {
  /// Mail programs know no style sheets.
  static let mail = "Sources/Features/Letters/Letters.pages/mail.mustache"

  static func breaches(_ tree: SourceTree) -> [String] {
    tree.under("Sources", ending: ".mustache").flatMap { file -> [String] in
      let unescaped = matches(file, /\{\{\{|\{\{\s*&/)
      let handlers = matches(file, /\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)/)
      let styles = file.path == mail ? [] : matches(file, /\sstyle\s*=|<style/)
      return unescaped + handlers + styles
    }
  }
}

/// Pages are laid out by start and end, so that they also read from right to left.
enum DirectionRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    tree.under("Sources/Web/Assets", ending: ".css").flatMap { file -> [String] in
      let plain = SourceFile(path: file.path, text: file.text.replacing(/\/\*(?:.|\n)*?\*\//, with: ""))
      return matches(plain, /(?:^|[^\w])(?:left|right)\b/)
    }
  }
}

/// What a first visit loads stays small.
enum WeightRule {
  static let scripts = 40_000
  static let styles = 30_720

  static func breaches(_ tree: SourceTree) -> [String] {
    let files = tree.under("Sources/Web/Assets")
    let sums = [("scripts", ".js", scripts), ("style sheets", ".css", styles)]
    return sums.compactMap { name, ending, most in
      let sum = files.filter { $0.path.hasSuffix(ending) }.reduce(0) { $0 + $1.text.utf8.count }
      return sum < most ? nil : "The \(name) are \(sum) bytes; \(most) is the limit."
    }
  }
}

/// Every template that is named exists, and every template that exists is named.
enum TemplateRule {
  static func breaches(_ tree: SourceTree) -> [String] {
    let templates = tree.under("Sources", ending: ".mustache")
    let names = Set(templates.map { name(of: $0.path) })
    var named: [String: String] = [:]
    for file in templates {
      for match in file.text.matches(of: /\{\{\s*[><]\s*([\w\/-]+)/) { named[String(match.1)] = file.path }
    }
    var mentioned: Set<String> = []
    for file in tree.under("Sources", ending: ".swift") {
      for match in file.text.matches(of: /"([a-z]+\/[a-z0-9-]+|[a-z][a-z-]+)"/) { mentioned.insert(String(match.1)) }
      for match in file.text.matches(of: /\.(?:page|openPage)\(\s*"[^"]*",[^"]*?"([a-z]+\/[a-z0-9-]+)",/) {
        named[String(match.1)] = file.path
      }
    }
    let missing = named.filter { !names.contains($0.key) }.map { "\($0.value): there is no template \($0.key)" }
    let unused = names.filter { named[$0] == nil && !mentioned.contains($0) && !isSpecimen($0) }.map {
      "The template \($0) is used nowhere."
    }
    return missing.sorted() + unused.sorted()
  }

  /// The sheet of all parts that designers look at; no address shows it.
  static func isSpecimen(_ name: String) -> Bool { name == "specimen" }

  /// `asks/show` for `Sources/Features/Asks/Asks.pages/show.mustache`; pages of the frame have no prefix.
  static func name(of path: String) -> String {
    let parts = path.split(separator: "/")
    let last = String(parts.last?.dropLast(".mustache".count) ?? "")
    guard let folder = parts.dropLast().last, folder.hasSuffix(".pages") else { return last }
    return folder.dropLast(".pages".count).lowercased() + "/" + last
  }
}
