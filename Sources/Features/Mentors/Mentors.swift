import Kit
import Store
import Web

/// Mentors to look through, and the page of each.
extension Feature {
  static let mentors = Feature(
    "Mentors",
    endpoints: [
      .page("/mentors", ListMentors.self, "mentors/index", "Look through the mentors"),
      .page("/mentors/:mentor", ShowMentor.self, "mentors/show", "Show a mentor"),
    ]
  )
}
