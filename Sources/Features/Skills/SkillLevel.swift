import Kit
import Store
import Web

/// A skill and how far somebody is in it.
public struct SkillLevel: Output, Hashable {
  public let skill: Skill
  /// 1 to 5.
  public let level: Int
  public let words: String

  public init(skill: Skill, level: Int) {
    self.skill = skill
    self.level = level
    words = SkillLevel.words(level)
  }

  /// The five levels in words, the first for level 1.
  public static let names = ["New to it", "Some practice", "Works alone", "Helps others", "Others come for it"]

  public static func words(_ level: Int) -> String {
    names.indices.contains(level - 1) ? names[level - 1] : "Not known"
  }
}
