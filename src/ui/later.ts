/**
 * Every part of the view that is loaded after the first picture. Once these are here nothing more is asked of the server,
 * whatever a reader opens. A test holds this list to the lazy imports of the view.
 */

export const loadLater = (): Promise<unknown> =>
  Promise.all([
    import('./canvas/FlowCanvas.tsx'),
    import('./canvas/ListView.tsx'),
    import('./canvas/MiniMap.tsx'),
    import('./canvas/NodesView.tsx'),
    import('./kit/Float.tsx'),
    import('./kit/OpenedMenu.tsx'),
    import('./manifest/ManifestPanel.tsx'),
    import('./panels/CrashPanel.tsx'),
    import('./panels/Details.tsx'),
    import('./panels/Palette.tsx'),
    import('./panels/Records.tsx'),
    import('./panels/Shortcuts.tsx'),
    import('./panels/Toasts.tsx'),
    import('./panels/Versions.tsx'),
    import('./Phone.tsx'),
    import('./terminal/TerminalPanel.tsx'),
    import('./timeline/ManyLanes.tsx'),
    import('../content/texts/en.ts'),
    import('../content/texts/zh-CN.ts'),
    import('./pseudo.ts'),
  ])
