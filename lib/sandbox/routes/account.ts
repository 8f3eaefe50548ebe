/** Who the key belongs to and what they own. */
import { success } from "../http/reply.ts";
import type { RouteModule } from "../http/route.ts";

/** Account, balance and subscription. */
export const accountRoutes: RouteModule = ({ account, ledger }) => [
  {
    method: "GET",
    path: "/v1/account/me",
    handle: () =>
      success({
        username: account.username,
        currentEmail: "sandbox@example.invalid",
        walletAddress: account.address,
        emailVerified: true,
        requestedUpdatedEmail: "",
        discord2FA: false,
        discordLinked: false,
        discordServerMember: false,
        discordUsername: "",
      }),
  },
  { method: "GET", path: "/v4/account/balance", handle: () => success(ledger.sheet()) },
  {
    method: "GET",
    path: "/v1/subscriptions/status",
    handle: () => success({ subscription: { active: false, status: "none" } }),
  },
];
