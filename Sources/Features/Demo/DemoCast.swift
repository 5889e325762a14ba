import Web

/// Who is named: the people whose sign-ins are printed, and the one whose story is told.
enum DemoCast {
  /// Long enough for the rules, and meant to be read aloud.
  static let password = "a quarter of an hour"

  static let northwind: [Founding.Lead] = [
    Founding.Lead(
      key: "manager", name: "Miriam Okafor", title: "Head of learning", department: 6, roles: [.member, .manager], seniority: 5,
      offers: ["coaching": 4],
      seeks: ["data-analysis": 2], bio: "I run the mentoring programs."),
    Founding.Lead(
      key: "admin", name: "Tomas Lindberg", title: "Platform engineer", department: 0, roles: [.member, .admin], seniority: 4,
      offers: ["information-security": 4], seeks: ["public-speaking": 2], bio: "I keep Tandem running."),
    Founding.Lead(
      key: "mentor", name: "Helena Brandt", title: "Senior product manager", department: 1, roles: [.member, .mentor], seniority: 5,
      offers: [
        "product-management": 5, "user-interviews": 5, "product-analytics": 4, "backlog-prioritisation": 5, "sprint-leadership": 4,
        "networking": 4,
        "adapting-to-change": 4,
      ], seeks: ["managing-managers": 2],
      bio: "Fifteen years of products, five of them as an engineer. I like questions that begin with why."),
    Founding.Lead(
      key: "mentee", name: "Priya Raman", title: "Software engineer", department: 0, roles: .member, seniority: 2,
      offers: ["programming": 4, "agile-methods": 3], seeks: ["product-management": 2, "user-interviews": 2, "product-analytics": 2],
      bio: "I build the checkout and want to decide with others what is worth building."),
  ]

  static let harbour: [Founding.Lead] = [
    Founding.Lead(
      key: "manager", name: "Eleanor Finch", title: "Alumni officer", department: 6, roles: [.member, .manager, .admin], seniority: 5,
      offers: ["coaching": 4], seeks: ["fundraising": 2], bio: "I bring people together.")
  ]
}
