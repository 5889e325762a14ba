import Kit
import Store
import Web

/// What belongs to the person who is signed in: profile, skills, and the way to everything else of theirs.
extension Feature {
  static let you = Feature(
    "You",
    endpoints: [
      .page("/you", ShowYou.self, "you/index", "Show what is yours"),
      .page("/you/profile", ShowProfile.self, "you/profile", "Show your profile"),
      .act(.post, "/you/profile", SaveProfile.self, "Save your profile", form: "/you/profile") { _ in
        Destination("/you/profile", say: "Saved.")
      },
      .page("/you/managers/search", FindColleague.self, "you/people", "Search colleagues as somebody types"),
      .page("/you/data", ShowOwnData.self, "you/data", "Show what of yours can be taken along"),
      TakeOwnData.endpoint,
      .page("/you/skills", ShowOwnSkills.self, "you/skills", "Show your skills"),
      .act(.post, "/you/skills/offers", SetOffers.self, "Set what you help with", form: "/you/skills") { _ in
        Destination("/you/skills", say: "Saved what you help with.")
      },
      .act(.post, "/you/skills/seeks", SetSeeks.self, "Set what you want to learn", form: "/you/skills") { _ in
        Destination("/you/skills", say: "Saved what you want to learn.")
      },
    ])
}
