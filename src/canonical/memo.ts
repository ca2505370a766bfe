// Remembers what a pure function gave for a name. Names of authorities and namespaces are few; should they not be, the
// memory starts anew.

const most = 4096;

export function memoized<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let value = known.get(name);
    if (value === undefined) {
      if (known.size >= most) known.clear();
      known.set(name, (value = make(name)));
    }
    return value;
  };
}
