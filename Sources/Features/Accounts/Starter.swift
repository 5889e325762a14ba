import Kit
import Store

/// What a new organisation begins with: each feature that brings something adds its line.
public enum Starter {
  public static func install(org: ID<Organisation>, tx: Transaction, world: World) throws {
    try StarterSkills.install(tx, world)
    try StarterLessons.install(org: org, tx: tx, world: world)
  }
}
