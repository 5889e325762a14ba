@testable import Features
import Kit
import Store
import TandemTesting
import Testing

@Suite("Skills are suggested from people's own words")
struct SkillSuggestTests {
  private static let sentences: [(text: String, slug: String)] = [
    ("I have to give a talk to the board next week", "public-speaking"),
    ("My team is fighting and I do not know how to settle the team conflict", "conflict-resolution"),
    ("How do I ask for a raise without sounding greedy?", "negotiation"),
    ("I am a first time manager and now lead former colleagues", "leading-a-team"),
    ("My CV has gaps. Can somebody look at my resume?", "cv-writing"),
    ("I was laid off and need to find a job", "job-search"),
    ("How do I prioritise features for the next release", "backlog-prioritisation"),
    ("I want to become a product manager in a year", "product-management"),
    ("Our pull requests wait for days, code reviews are slow", "code-review"),
    ("My Excel formulas break all the time", "spreadsheets"),
    ("I cannot concentrate, so many distractions", "focus"),
    ("There are too many mails in my inbox", "e-mail-management"),
    ("How to say no to my manager politely", "saying-no"),
    ("I need to write a proposal for a customer", "business-writing"),
    ("I'm coming back from parental leave and feel lost", "returning-to-work"),
    ("We are starting with GDPR and personal data", "data-protection"),
    ("learning Python as a beginner", "programming"),
    ("How can I motivate my team when morale is low?", "motivation"),
    ("Delegating is hard for me, I cannot let go", "delegation"),
    ("interviewing customers to learn what they need", "user-interviews"),
    ("Presenting on video makes me nervous", "giving-talks-online"),
    ("Our outages repeat, we never write a postmortem", "incident-management"),
    ("I procrastinate and never manage my time", "time-management"),
    ("Slides for the steering committee look bad", "slide-design"),
    ("someone asked me to mentor a junior colleague", "mentoring"),
    ("Wie halte ich eine Präsentation? My first presentation", "public-speaking"),
  ]

  @Test("the skill meant is among the first three", arguments: Databases.each)
  func meant(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.store.read { tx in
        for (text, slug) in Self.sentences {
          let found = try Skill.suggest(from: text, limit: 3, tx)
          #expect(found.contains { $0.slug == slug }, "\(text): \(found.map(\.label))")
          try #expect(Skill.suggest(from: text, limit: 3, tx) == found)
        }
      }
    }
  }

  @Test("a text that speaks of no skill suggests none, whatever signs it holds", arguments: Databases.each)
  func nothing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.store.read { tx in
        for text in ["", "Hello there", "???", "%_\\", "\u{202E}\u{FEFF}", "👩‍👩‍👧", String(repeating: "x ", count: 20_000)] {
          try #expect(Skill.suggest(from: text, tx).isEmpty, "\(text.prefix(20))")
        }
      }
    }
  }

  @Test("a name inside a longer one does not count for itself", arguments: Databases.each)
  func longest(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.store.read { tx in
        let found = try Skill.suggest(from: "contract negotiation", limit: 5, tx).map(\.slug)
        #expect(found == ["negotiation"])
        try #expect(Skill.suggest(from: "project management", limit: 1, tx).first?.slug == "project-management")
      }
    }
  }

  @Test("texts are resolved by id, slug, label and other names; what names nothing is refused with what is near", arguments: Databases.each)
  func resolve(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.store.read { tx in
        let speaking = try #require(try Skill.slug("public-speaking", tx))
        let negotiation = try #require(try Skill.slug("negotiation", tx))
        try #expect(
          Skill.resolve([speaking.description, "  Negotiation ", "PUBLIC SPEAKING", "", "stage fright"], tx) == [speaking, negotiation])
        try #expect(Skill.resolve(["negotiation, public-speaking"], tx) == [negotiation, speaking])
        try #expect(Skill.resolve([], tx).isEmpty)
        #expect(throws: Problem.invalid("skills", "“negociation” is not in the list of skills. Use another word for it.")) {
          try Skill.resolve(["negociation"], tx)
        }
        #expect(
          throws: Problem.invalid(
            "topics", "“speak” is not in the list of skills. Near it: Speaking up, English for work, Presenting online.")
        ) {
          try Skill.resolve(["speak"], field: "topics", tx)
        }
        try #expect(Skill.slug("no-such-skill", tx) == nil)
      }
    }
  }
}
