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
    Save(program: "Obsidian: emptied first, then written") {
      $0.write("note.md")
      $0.wait(4)
      $0.write("note.md")
      $0.touch("note.md")
      $0.touch("note.md")
    },
    Save(program: "rsync") {
      $0.create(".note.md.Xa81kQ")
      $0.wait(30)
      $0.write(".note.md.Xa81kQ")
      $0.touch(".note.md.Xa81kQ")
      $0.rename(".note.md.Xa81kQ", "note.md")
    },
    Save(program: "Syncthing") {
      $0.create(".syncthing.note.md.tmp")
      $0.wait(120)
      $0.write(".syncthing.note.md.tmp")
      $0.rename(".syncthing.note.md.tmp", "note.md")
      $0.touch("note.md")
    },
    Save(program: "gedit") {
      $0.create(".goutputstream-81KQX3")
      $0.write(".goutputstream-81KQX3")
      $0.rename("note.md", "note.md~")
      $0.rename(".goutputstream-81KQX3", "note.md")
    },
    Save(program: "an IDE with safe writing") {
      $0.create("note.md___jb_tmp___")
      $0.write("note.md___jb_tmp___")
      $0.rename("note.md", "note.md___jb_old___")
      $0.rename("note.md___jb_tmp___", "note.md")
      $0.remove("note.md___jb_old___")
    },
    Save(program: "a browser that downloads over it") {
      $0.remove("note.md")
      $0.create("note.md")
      $0.create("note.md.part")
      for _ in 0..<5 {
        $0.write("note.md.part")
        $0.wait(20)
      }
      $0.rename("note.md.part", "note.md")
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
