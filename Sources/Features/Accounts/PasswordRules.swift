import Foundation
import Kit

/// Which passwords are taken: long ones that nobody guesses first. No rules of composition, no forced change, nothing cut off.
enum PasswordRules {
  static let shortest = 15
  static let longest = 256

  /// Why a password cannot be taken, or nil. Lengths count code points after NFKC.
  ///
  /// - Parameter names: what a guesser tries first about this person: names of organisation and person, the e-mail address.
  static func fault(_ password: Secret<String>, names: [String]) -> String? {
    let text = password.exposed.precomposedStringWithCompatibilityMapping
    let length = text.unicodeScalars.count
    if text.unicodeScalars.contains("\0") { return "This password holds a character that cannot be typed." }
    if length < shortest { return "Use at least \(shortest) characters; a sentence is fine. These are \(length)." }
    if length > longest { return "Use at most \(longest) characters; these are \(length)." }
    if common.contains(text.lowercased()) { return "This is among the passwords that are guessed first. Choose another." }
    if isNameWithTrimmings(text, names) {
      return "This is little more than a name of yours or of Tandem. Choose something nobody would guess."
    }
    return nil
  }

  static func check(_ password: Secret<String>, field: String, names: [String]) throws(Problem) {
    if let fault = fault(password, names: names) { throw .invalid(field, fault) }
  }

  /// Whether fewer than six letters are left once the names are taken out.
  private static func isNameWithTrimmings(_ password: String, _ names: [String]) -> Bool {
    var rest = letters(password)
    let before = rest.count
    let words = (names + ["Tandem"]).flatMap { name in [name] + name.split { !$0.isLetter }.map(String.init) }
    for word in Set(words.map(letters)).filter({ $0.count >= 3 }).sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
      rest = rest.replacing(word, with: "")
    }
    return rest.count < before && rest.count < 6
  }

  private static func letters(_ text: String) -> String { text.lowercased().filter(\.isLetter) }

  /// Read once; an installation without the list still holds the other rules.
  private static let common: Set<String> = {
    guard let file = try? Content.folder().appending(path: "common-passwords.txt"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return [] }
    return Set(text.split(separator: "\n").map(String.init))
  }()

  /// How many common passwords are refused; `tandem doctor` and a test look at it.
  static var commonCount: Int { common.count }
}
