// The plugin is its skill; there is nothing to register.
export default function register() {}
