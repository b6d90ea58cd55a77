#include "services/sts/operations/get_session_token.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "aws/session/credentials.h"
#include "services/sts/test_roles.h"

namespace everseal::sts {
namespace {

using namespace std::chrono_literals;
using Kind = aws::Caller::Kind;

class GetSessionTokenTest : public testing::Test {
 protected:
  static aws::Call as(Kind kind) {
    aws::Call call;
    call.caller.kind = kind;
    call.caller.account = TestRoles::account;
    call.caller.user_id = kind == Kind::Root ? TestRoles::account : "AIDAOPS";
    return call;
  }
  std::chrono::milliseconds lifetime(std::optional<std::int64_t> seconds, Kind kind) const {
    return operation({seconds, {}, {}}, as(kind))->credentials.expiration - test.clock.now();
  }
  std::string message(const GetSessionToken::Request& request, const aws::Call& call) const {
    const auto outcome = operation(request, call);
    return outcome ? "(none)" : std::string(outcome.error().code) + ": " + outcome.error().message;
  }

  mutable TestRoles test;
  const GetSessionToken operation{test.vault, test.random, test.clock};
};

TEST_F(GetSessionTokenTest, gives_credentials_of_the_caller) {
  for (const auto kind : {Kind::User, Kind::Root}) {
    const auto made = operation({}, as(kind))->credentials;
    EXPECT_EQ(made.access_key_id.substr(0, 4), "ASIA");
    const auto opened =
        aws::session::open_token(test.vault, made.access_key_id, made.session_token);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->secret.reveal_text(), made.secret_access_key);
    EXPECT_EQ(opened->grant.holder_id, as(kind).caller.user_id);
    EXPECT_EQ(opened->grant.expires_at, made.expiration);
  }
}

TEST_F(GetSessionTokenTest, lasts_twelve_hours_or_as_asked_but_for_root_an_hour_at_most) {
  EXPECT_EQ(lifetime({}, Kind::User), 12h);
  EXPECT_EQ(lifetime(129600, Kind::User), 36h);
  EXPECT_EQ(lifetime({}, Kind::Root), 1h);
  EXPECT_EQ(lifetime(129600, Kind::Root), 1h);
  EXPECT_EQ(lifetime(900, Kind::Root), 15min);
}

TEST_F(GetSessionTokenTest, refuses_sessions_and_second_factors) {
  auto session = as(Kind::RoleSession);
  session.caller.session = std::make_shared<const aws::Session>();
  EXPECT_EQ(message({}, session),
            "AccessDenied: Cannot call GetSessionToken with session credentials");
  const std::string without =
      "ValidationError: Multi-factor authentication is not supported by Everseal.";
  EXPECT_EQ(message({{}, "GAHT12345678", {}}, as(Kind::User)), without);
  EXPECT_EQ(message({{}, {}, "123456"}, as(Kind::User)), without);
}

TEST_F(GetSessionTokenTest, needs_no_permission) {
  EXPECT_TRUE(operation.access({}, as(Kind::User)).unrestricted);
}

}  // namespace
}  // namespace everseal::sts
