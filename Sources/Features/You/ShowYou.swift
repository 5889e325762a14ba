import Kit
import Store
import Web

/// The overview of what is one's own.
struct ShowYou: UseCase {
  struct Entry: Output {
    let title: String
    let detail: String
    let href: String
    let icon: String
  }

  struct Section: Output {
    let title: String
    let entries: [Entry]
  }

  struct Page: Output {
    let profile: Profile
    let member: Member
    let sections: [Section]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let profile = try Profile.of(viewer, tx)
    let skills = try PersonSkills.of(viewer.person, org: viewer.org, tx)
    var sections = [
      Section(
        title: "About you",
        entries: [
          Entry(title: "Profile", detail: "Name, role, languages, time zone, appearance", href: "/you/profile", icon: "you"),
          Entry(title: "Skills", detail: words(skills), href: "/you/skills", icon: "skill"),
          try mentoring(viewer, tx),
        ]),
      Section(
        title: "Time and messages",
        entries: [
          Entry(title: "Availability", detail: "When you can be booked", href: "/you/availability", icon: "calendar"),
          Entry(title: "Calendars", detail: "Busy times from elsewhere, your sessions there", href: "/calendar", icon: "calendar"),
          Entry(title: "Time for learning", detail: "Ten minutes that nobody books", href: "/you/learning-time", icon: "clock"),
          Entry(title: "Notifications", detail: "What you hear about, and when not", href: "/you/notifications", icon: "bell"),
        ]),
      Section(
        title: "Security",
        entries: [
          Entry(title: "Where you are signed in", detail: "Browsers and devices", href: "/you/sessions", icon: "shield"),
          Entry(title: "Password", detail: "Set or change it", href: "/you/password", icon: "key"),
          Entry(title: "API tokens", detail: "For your own scripts", href: "/you/tokens", icon: "link"),
          Entry(title: "Whom you block", detail: "You and they do not find each other", href: "/you/blocks", icon: "shield"),
          Entry(title: "Your data", detail: "Take everything of yours along", href: "/you/data", icon: "download"),
        ]),
    ]
    let more = organisation(viewer)
    if !more.isEmpty { sections.insert(Section(title: "Your organisation", entries: more), at: 0) }
    return Page(profile: profile, member: try Member.find(viewer.person, for: viewer, tx), sections: sections)
  }

  private func words(_ skills: PersonSkills) -> String {
    if skills.offers.isEmpty, skills.seeks.isEmpty { return "Say what you help with and what you want to learn" }
    return "You help with \(skills.offers.count) and learn \(skills.seeks.count)"
  }

  private func mentoring(_ viewer: Viewer, _ tx: Transaction) throws -> Entry {
    if viewer.has(.mentor) {
      return Entry(title: "Mentoring", detail: "Your topics, your hours, your card", href: "/vetting/start", icon: "mentors")
    }
    if let open = try Vetting.open(of: viewer.person, org: viewer.org, tx) {
      return Entry(title: "Become a mentor", detail: "Your application is being read", href: "/vetting/\(open)", icon: "mentors")
    }
    return Entry(title: "Become a mentor", detail: "Five questions, about 20 min", href: "/vetting/apply", icon: "mentors")
  }

  private func organisation(_ viewer: Viewer) -> [Entry] {
    var entries: [Entry] = []
    if Permission.manager.allows(viewer.roles) {
      entries.append(Entry(title: "Programs", detail: "Matching and figures", href: "/programs", icon: "programs"))
      entries.append(Entry(title: "Mentor applications", detail: "Read and decide", href: "/vetting", icon: "check"))
      entries.append(Entry(title: "Invitations", detail: "Bring people in", href: "/invites", icon: "mail"))
    }
    if viewer.has(.admin) { entries.append(Entry(title: "Admin", detail: "Health, people, settings", href: "/admin", icon: "admin")) }
    return entries
  }
}
