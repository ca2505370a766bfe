/** The resource type of an instance name: `Patient[1]` -> `Patient`. */
export const instanceType = (instance: string): string => instance.replace(/\[.*$/, '');
