import Configuration
import Engine
import Intake
import Testing

@Suite struct NoteFoldersTests {
  private func folders(_ yaml: String) throws -> NoteFolders { NoteFolders(try Configuration(yaml: yaml, file: "test.yaml")) }

  @Test func `notes are told from what editors leave, from other files and from own output`() throws {
    let folders = try folders("notes: [/n]\noutput: /n/out\nstate: /s\nignore: [drafts/]\n")
    for name in ["a.md", "b/c.txt", "page.HTML", "out.md", "outside/x.md"] { #expect(folders.admits(NotePath(name)), "\(name)") }
    for name in ["a.md~", ".a.md.swp", ".hidden/a.md", "photo.jpg", "README", "out/digests/latest.md", "drafts/a.md"] {
      #expect(!folders.admits(NotePath(name)), "\(name)")
    }
    #expect(folders.prunes(NotePath("out")))
    #expect(!folders.prunes(NotePath("outside")))
  }

  @Test func `several folders are told apart by as much of their paths as it takes`() throws {
    let folders = try folders("notes: [/home/a/notes, /home/b/notes]\nstate: /s\n")
    #expect(folders.display(NotePath(folder: 0, "x.md")) == "a/notes/x.md")
    #expect(folders.display(NotePath(folder: 1, "x.md")) == "b/notes/x.md")
    #expect(try self.folders("notes: [/home/a/notes]\nstate: /s\n").display(NotePath("d/x.md")) == "d/x.md")
  }

  @Test func `a name that is not UTF-8 is shown so that it can be read back`() throws {
    let folders = try folders("notes: [/n]\nstate: /s\n")
    #expect(folders.display(NotePath(folder: 0, bytes: [0xFF, 0x0A] + Array(".md".utf8))) == "\\xff\\x0a.md")
  }

  @Test func `why a file is not read is said in words`() throws {
    let folders = try folders("notes: [/n]\noutput: /n/out\nstate: /s\n")
    #expect(folders.explain("/n/a.md").isRead)
    #expect(folders.explain("/n/photo.jpg").words.contains("its ending is none of those that are read"))
    #expect(folders.explain("/elsewhere/a.md").words.contains("in none of the watched folders: /n"))
    #expect(folders.explain("/n/out/a.md").words.contains("own output"))
  }
}
