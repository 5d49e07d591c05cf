/** The wish to type in the terminal. */
import { Wish } from '../wish.ts'

const wish = new Wish()

/** Brings the terminal into view and puts the cursor there. */
export const askForTerminal = (): void => wish.ask()

/** Whether somebody wishes to type; asked once for each wish. */
export const takeWish = (): boolean => wish.take()

/** Listens until the returned function is called. */
export const onTerminalWish = (listener: () => void): (() => void) => wish.listen(listener)
