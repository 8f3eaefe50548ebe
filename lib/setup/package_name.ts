/** Name of the package for Node; what package managers know this program by. */
export const PACKAGE_NAME = "@sogni-ai/sogni-creative-agent-skill";
