/// Names, places and departments from `content/demo/people.yaml`.
struct DemoPeople: Decodable, Sendable {
  struct Place: Decodable, Sendable {
    let zone: String
    let languages: [String]
    let weight: Int
  }

  struct Department: Decodable, Sendable {
    let name: String
    let titles: [String]
    let lead: String
    let offers: [String]
    let seeks: [String]
  }

  let first: [String]
  let last: [String]
  let places: [Place]
  let departments: [Department]

  static func read() throws -> DemoPeople { try Content.yaml("demo/people.yaml") }
}

/// What people ask and take away, from `content/demo/questions.yaml`.
struct DemoTheme: Decodable, Sendable {
  struct Aim: Decodable, Sendable {
    let title: String
    let measure: String
    let target: String
  }

  let situation: String
  let goal: Aim
  /// Slugs of skills.
  let skills: [String]
  let questions: [String]
  let insights: [String]
  let actions: [String]
  let uses: [String]

  static func read() throws -> [DemoTheme] { try Content.yaml("demo/questions.yaml") }
}
