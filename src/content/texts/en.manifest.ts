/** The manifest editor, and what the fields mean that StatefulSets are about. What is wrong with a text is said by the API server. */
export const manifest = {
  'shortcuts.manifest': 'Write a manifest',

  'edit.label': 'Editing {name} for the terminal',
  'edit.input': 'Object to edit. Control Enter saves; Escape, then Tab leaves the editor.',
  'edit.help':
    'A command in the terminal waits for this text. Control Enter saves it and closes the editor. Lines that begin with # are not read. Tab indents; press Escape and then Tab to reach the buttons.',
  'edit.save': 'Save and close',
  'edit.close': 'Close without saving',
  'edit.refused': 'Not saved.',
  'manifest.label': 'Manifest editor',
  'manifest.input': 'Manifest. Escape, then Tab leaves the editor.',
  'manifest.help':
    'YAML with line numbers. Control Space completes, F8 goes to the next problem, Control Enter applies. Tab indents; press Escape and then Tab to leave the editor.',
  'manifest.missing': 'The editor could not be loaded. Check the connection and reload the page.',
  'manifest.mode': 'Text or changes',
  'manifest.text': 'Text',
  'manifest.changes': 'Diff',
  'manifest.changes.none': 'Applying this text would change nothing.',
  'manifest.changes.refused':
    '{count, plural, one {There is a problem that has} other {There are # problems that have}} to be mended first: nothing would be applied.',
  'manifest.apply': 'Apply',
  'manifest.open': 'Open a file …',
  'manifest.start': 'As at the start',
  'manifest.running': 'What runs',
  'manifest.export': 'Export what runs',
  'manifest.undo': 'Undo',
  'manifest.applied': 'Applied.',
  'manifest.refused': 'Not applied, nothing was changed.',
  'manifest.unreadable': 'The file could not be read.',
  'manifest.tooLong': 'That is {length} characters; {limit} at most are read. The text stays as it was.',
  'manifest.problems': 'Problems',
  'manifest.count': '{count, plural, one {One problem.} other {# problems.}}',
  'manifest.sound': 'No problems.',
  'manifest.completions': 'Completions',
  'manifest.control': 'Control character',
  'field.StatefulSetSpec.replicas': 'How many pods there shall be, named by ordinals from the start.',
  'field.StatefulSetSpec.serviceName': 'The headless Service that gives the pods their names. Cannot be changed later.',
  'field.StatefulSetSpec.selector':
    'The labels by which the set knows its pods; the template must have them. Cannot be changed later.',
  'field.StatefulSetSpec.template': 'What each pod looks like. A change here makes a new revision.',
  'field.StatefulSetSpec.volumeClaimTemplates':
    'Each pod gets a claim of its own from every one of these, and keeps it. Cannot be changed later.',
  'field.StatefulSetSpec.podManagementPolicy':
    'Whether pods are made and removed one after the other or all at once. Cannot be changed later.',
  'field.StatefulSetSpec.updateStrategy': 'How a new revision gets into the pods.',
  'field.StatefulSetSpec.minReadySeconds': 'So long a pod must be Ready before it counts as available.',
  'field.StatefulSetSpec.ordinals': 'The first ordinal, when it is not 0.',
  'field.StatefulSetSpec.persistentVolumeClaimRetentionPolicy':
    'Whether claims go when the set is deleted or made smaller.',
  'field.StatefulSetSpec.revisionHistoryLimit': 'How many old revisions are kept.',
  'field.StatefulSetUpdateStrategy.type':
    'RollingUpdate replaces pods by itself; OnDelete waits until somebody deletes them.',
  'field.RollingUpdateStatefulSetStrategy.partition':
    'Only pods with this ordinal or a higher one get the new revision.',
  'field.RollingUpdateStatefulSetStrategy.maxUnavailable': 'So many pods may be away at once during a rollout.',
  'field.PodSpec.terminationGracePeriodSeconds': 'So long a pod may take to end before it is killed.',
  'field.Container.readinessProbe': 'Says when the container can serve; an ordered set waits for it.',
  'field.ServiceSpec.clusterIP': 'None makes the Service headless: every pod gets a name of its own.',
  'field.ServiceSpec.publishNotReadyAddresses': 'Pods can be found by name before they are Ready.',
  'field.PodDisruptionBudgetSpec.maxUnavailable': 'So many pods may be evicted at once.',
  'field.PodDisruptionBudgetSpec.minAvailable': 'So many pods must stay when others are evicted.',
} as const
