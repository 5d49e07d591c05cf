/** What the terminal itself says; everything else in it is said by kubectl and the shell, in their words. */
export const terminal = {
  'shortcuts.terminal': 'Type in the terminal',
  'terminal.label': 'Terminal',
  'terminal.input': 'Command line. Tab completes, Escape leaves the terminal.',
  'terminal.help':
    'A shell with kubectl. Tab completes, the arrow keys go through earlier lines, Control R searches them, Control C interrupts. Escape leaves the terminal, so that the keys of the page work again.',
  'terminal.missing': 'The terminal could not be loaded. Check the connection and reload the page.',
  'terminal.keys': 'Keys for the terminal',
  'terminal.key.up': 'Earlier line',
  'terminal.key.down': 'Later line',
  'terminal.key.left': 'Left',
  'terminal.key.right': 'Right',
  'terminal.note.welcome': 'kubectl and a shell; ls shows the example manifests. Tab completes, Escape leaves.',
  'terminal.note.paused': 'This command waits, and time stands still. Alt+K plays, Ctrl+C gives up.',
  'terminal.note.back': 'Back at {at}: what was said above for later moments has not happened yet.',
  'terminal.note.wentBack': 'Time was turned back, which ended the waiting command.',
  'terminal.note.newRun': 'Another run. Files and earlier lines are still here.',
  'terminal.note.tooMuch': 'The command said too much and was ended.',
  'terminal.note.tooLong': 'That is {length} characters; {limit} at most are read at once. Nothing was run.',
  'terminal.note.editing': '{name} is open in the manifest editor. Save or close it there; Ctrl+C here gives up.',
  'terminal.note.exited': 'The shell was left; this is a new one.',
} as const
