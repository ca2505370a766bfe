/** PostgreSQL's text holds every character but NUL, which a sender can put into a name, a code or a path. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
