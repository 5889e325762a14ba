import Kit
import Store
import Web

/// The library, the player and the writing of lessons.
extension Feature {
  static let lessons = Feature(
    "Lessons",
    endpoints: [],
    migrations: LessonTables.migrations
  )
}
