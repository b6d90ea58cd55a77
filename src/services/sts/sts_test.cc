#include <gtest/gtest.h>

#include "services/sts/operations/get_access_key_info.h"
#include "services/sts/operations/get_caller_identity.h"
#include "services/sts/service.h"
#include "services/sts/test_roles.h"

namespace everseal::sts {
namespace {

TEST(GetCallerIdentity, tells_who_calls_and_needs_no_permission) {
  aws::Call call;
  call.caller.user_id = "AIDAOPSOPSOPSOPSOPSOP";
  call.caller.account = "111122223333";
  call.caller.arn = "arn:aws:iam::111122223333:user/ops";
  const GetCallerIdentity get;
  EXPECT_TRUE(get.access({}, call).unrestricted);
  const auto identity = get({}, call);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->user_id, "AIDAOPSOPSOPSOPSOPSOP");
  EXPECT_EQ(identity->account, "111122223333");
  EXPECT_EQ(identity->arn, "arn:aws:iam::111122223333:user/ops");
}

GetAccessKeyInfo with_one_key() {
  return {[](std::string_view key_id) -> Result<std::optional<std::string>> {
    if (key_id != "AKIAEXAMPLEKEY000001") return std::optional<std::string>{};
    return std::optional<std::string>("111122223333");
  }};
}

TEST(GetAccessKeyInfo, tells_the_account_of_a_key) {
  const auto info = with_one_key()({"AKIAEXAMPLEKEY000001"});
  ASSERT_TRUE(info);
  EXPECT_EQ(info->account, "111122223333");
}

TEST(GetAccessKeyInfo, refuses_a_key_that_nobody_holds) {
  const auto info = with_one_key()({"AKIAEXAMPLEKEY000002"});
  ASSERT_FALSE(info);
  EXPECT_EQ(info.error().code, "ValidationError");
}

TEST(GetAccessKeyInfo, needs_permission) {
  EXPECT_FALSE(with_one_key().access({"AKIAEXAMPLEKEY000001"}, {}).unrestricted);
}

TEST(Service, has_four_operations) {
  TestRoles test;
  const auto service = make_service({.accounts = {},
                                     .roles = test,
                                     .vault = test.vault,
                                     .random = test.random,
                                     .clock = test.clock});
  EXPECT_EQ(service.operations().size(), 4U);
}

}  // namespace
}  // namespace everseal::sts
