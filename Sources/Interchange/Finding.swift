/// Something a reader has to tell about a file: where, a stable code for programs, a sentence for people.
public struct Finding: Error, Sendable, Hashable {
  /// Line of the file, 1 for the first.
  public let line: Int
  /// Stable, kebab case, such as `unbalanced-braces`.
  public let code: String
  /// One plain sentence that says what is wrong and what to do.
  public let text: String

  public init(line: Int, code: String, text: String) {
    self.line = line
    self.code = code
    self.text = text
  }
}
