import Interchange
import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// A lesson of Ada's for everybody, a track, a card and a picture of Ben's, and a lesson he planned for himself.
  mutating func addLearning(_ scene: Scene) async throws {
    let north = try await Learning(scene, scene.org, author: .ada, learner: .ben)
    let south = try await Learning(scene, scene.other, author: .otto, learner: .olga)
    add("lesson", north.lesson, south.lesson, [.ada])
    add("track", north.track, south.track, [])
    add("card", north.card, south.card, [.ben])
    add("media", north.media, south.media, [.ben])
    add("assignment", north.assignment, south.assignment, [.ben])
  }

  private struct Learning: Sendable {
    let lesson: String
    let track: String
    let card: String
    let media: String
    let assignment: String

    init(_ scene: Scene, _ org: ID<Organisation>, author: Scene.Role, learner: Scene.Role) async throws {
      let (writer, person, world) = (scene.id(author), scene.id(learner), scene.world)
      let (document, minutes) = try LessonDraft(slug: "by-a-mentor", title: "By a mentor", text: "One idea.", author: "A mentor").read()
      let made = try await scene.store.write { tx in
        let lesson = try StoreLesson(
          document: document, minutes: minutes, skills: [], origin: "authored", state: .published, author: writer, authorName: "A mentor"
        )(tx, org: org, world)
        let card = try Card.make(org: org, person: person, front: "Front", back: "Back", source: .own, tx, world)
        let track: ID<Track>? = try tx.value("SELECT id FROM track WHERE org_id = \(org) ORDER BY slug LIMIT 1")
        return (lesson, card, track ?? ID(0))
      }
      let viewer = try await scene.viewer(learner)
      media = try await scene.store.write { tx in
        try DeckMedia.keep([.init(name: "a.png", content: [1])], viewer, tx, world)
        return try DeckMedia.kept(viewer, tx)["a.png"]?.description ?? ""
      }
      let assignment = try await scene.do(learner, AssignLesson(lesson: made.0, person: nil))
      (lesson, card, track) = (made.0.description, made.1.description, made.2.description)
      self.assignment = assignment.id.description
    }
  }
}
