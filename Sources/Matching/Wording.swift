/// Names that sentences need, looked up by the caller.
public struct Wording: Sendable {
  /// The name of a skill.
  public var skill: @Sendable (Int64) -> String
  /// The name of a language from its code.
  public var language: @Sendable (String) -> String

  /// Makes a wording.
  public init(skill: @escaping @Sendable (Int64) -> String, language: @escaping @Sendable (String) -> String = { $0 }) {
    self.skill = skill
    self.language = language
  }
}
