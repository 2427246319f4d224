import Testing

@testable import Intake

/// How programs save a file, as the events they make. Each save is one read and no deletion.
@Suite struct SaveSequenceTests {
  struct Save: Sendable, CustomTestStringConvertible {
    var program: String
    var steps: @Sendable (Desk) -> Void
    var testDescription: String { program }
  }

  static let saves = [
    Save(program: "vim") {
      $0.create("4913")
      $0.remove("4913")
      $0.rename("note.md", "note.md~")
      $0.create("note.md")
      $0.write("note.md")
      $0.touch("note.md")
      $0.remove("note.md~")
    },
    Save(program: "vim, backupcopy=yes") {
      $0.create(".note.md.swp")
      $0.write("note.md")
      $0.wait(3)
      $0.write("note.md")
      $0.touch("note.md")
      $0.remove(".note.md.swp")
    },
    Save(program: "Emacs") {
      $0.create(".#note.md")
      $0.create("#note.md#")
      $0.rename("note.md", "note.md~")
      $0.create("note.md")
      $0.write("note.md")
      $0.remove("#note.md#")
      $0.remove(".#note.md")
    },
    Save(program: "sed -i") {
      $0.create("sedXa81kQ")
      $0.write("sedXa81kQ")
      $0.rename("sedXa81kQ", "note.md")
    },
    Save(program: "temporary file and rename") {
      $0.create("note.md.tmp")
      $0.write("note.md.tmp")
      $0.rename("note.md.tmp", "note.md")
    },
    Save(program: "git checkout") {
      $0.remove("note.md")
      $0.create("note.md")
      $0.touch("note.md")
    },
    Save(program: "VS Code, in place") {
      $0.write("note.md")
      $0.wait(15)
      $0.write("note.md")
      $0.touch("note.md")
    },
    Save(program: "LibreOffice") {
      $0.create(".~lock.note.md#")
      $0.create("lu81kq.tmp")
      $0.wait(40)
      $0.write("lu81kq.tmp")
      $0.rename("lu81kq.tmp", "note.md")
      $0.touch("note.md")
      $0.remove(".~lock.note.md#")
    },
    Save(program: "a scanner that closes and opens again") {
      for _ in 0..<20 {
        $0.write("note.md")
        $0.wait(50)
      }
    },
    Save(program: "three writes, 80 ms apart") {
      for _ in 0..<3 {
        $0.write("note.md")
        $0.wait(80)
      }
    },
    Save(program: "touch without change of content, then a write") {
      $0.touch("note.md")
      $0.wait(30)
      $0.write("note.md")
    },
  ]

  @Test(arguments: saves) func aSaveIsOneReadAndNoDeletion(_ save: Save) {
    let desk = Desk()
    desk.haveRecorded("note.md")
    save.steps(desk)
    desk.wait(5_000)
    #expect(desk.reads == ["note.md"])
    #expect(desk.forgotten == [])
    #expect(desk.intake.count == 0)
  }

  @Test(arguments: saves) func twoHundredSavesAreAsManyReads(_ save: Save) {
    let desk = Desk()
    desk.haveRecorded("note.md")
    for _ in 0..<200 {
      save.steps(desk)
      desk.wait(2_000)
    }
    #expect(desk.reads.count == 200)
    #expect(desk.forgotten == [])
  }
}
