extension IgnoreRules.Source {
  /// What editors, synchronisation and browsers leave beside notes while they work, and what is hidden on purpose.
  public static let builtIn = IgnoreRules.Source(
    name: "built in",
    """
    # Hidden files and directories: .git, .obsidian, .stversions, swap files of vim, locks of Emacs and LibreOffice, …
    .*

    # Backups and probes of editors
    *~
    \\#*#
    *.bak
    *.orig
    *.swp
    *.swx
    *.swo
    4913
    ~$*
    *___jb_tmp___
    *___jb_old___
    *.sb-????????-??????

    # Files that are not finished
    *.tmp
    *.part
    *.partial
    *.crdownload
    *.download
    *.filepart
    *.!sync

    # Left-overs of synchronisation
    *.sync-conflict-*
    ~syncthing~*
    sync*.ffs_db
    *.ffs_tmp
    @eaDir/
    $RECYCLE.BIN/
    System Volume Information/
    lost+found/
    Thumbs.db
    desktop.ini

    # Trees that are made by programs
    node_modules/
    __pycache__/
    """)
}
