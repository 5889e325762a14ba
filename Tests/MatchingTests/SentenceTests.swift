import Matching
import Testing

@Suite("Sentences")
struct SentenceTests {
  let wording = Wording(
    skill: { [Scene.negotiation: "negotiation", Scene.persuasion: "persuasion"][$0] ?? "another skill" },
    language: { ["en": "English", "de": "German"][$0] ?? $0 })

  @Test("each line says its fact to the asker")
  func lines() {
    let ranked = Scene.rank([Scene.mentor()], need: Scene.need { $0.timesPassedOn = 1 }).ranked
    #expect(
      ranked.flatMap(\.lines).map(wording.sentence) == [
        "Level 4 in negotiation, you are at 2.", "First common slot in 1 day, 3 common slots in time.",
        "Has given a fair part of the time lately.", "Answered 8 of 10 offers in time in the last 90 days.",
        "Rated 4.0 of 5 in 10 sessions.", "Speaks English.", "You did not ask for another department.",
        "You have not met before.", "This ask was passed on 1 time.",
      ])
  }

  @Test("a newcomer's ratings are never a number")
  func new() {
    let mentor = Scene.mentor { $0.record.allRatings = Ratings(count: 2, sum: 4) }
    #expect(sentence(.rating, mentor) == "New: fewer than 3 ratings.")
  }

  @Test("a neighbouring skill is named beside the one asked for")
  func neighbour() {
    let mentor = Scene.mentor { $0.skills = [SkillLevel(Scene.persuasion, level: 4)] }
    #expect(sentence(.skillFit, mentor) == "Level 4 in persuasion, close to negotiation, where you are at 2.")
  }

  @Test("the mentor reads why, and nothing about who asks")
  func whyYou() {
    let ranked = Scene.rank([Scene.mentor()]).ranked
    #expect(
      ranked.map { wording.whyYou($0) } == ["You are at level 4 in negotiation. You both have time for it."])
  }

  @Test("a wait is told from an hour on")
  func waited() {
    #expect(Wording.waited(minutes: 59) == nil)
    #expect(Wording.waited(minutes: 125) == "The ask has waited 2 h.")
  }

  @Test("a mean rating is rounded half up")
  func tenths() {
    #expect([4649, 4650, 4699, 5000].map(Wording.tenths) == ["4.6", "4.7", "4.7", "5.0"])
  }

  private func sentence(_ factor: Factor, _ mentor: Candidate) -> String? {
    Scene.rank([mentor]).ranked.first?.line(factor).map(wording.sentence)
  }
}
