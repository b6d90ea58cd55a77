#include <gtest/gtest.h>

#include "aws/fields.h"
#include "services/acm/enums.h"
#include "services/acm/renewal_schedule.h"
#include "services/health/failures.h"

namespace everseal::app {
namespace {

using health::Language;

constexpr health::Language kAll[]{Language::English, Language::French, Language::Japanese};

TEST(AwsHealth, has_words_in_each_language_for_whatever_acm_knows_a_remedy_of) {
  const auto general = acm::remedy(acm::FailureReason::Other);
  int known = 0;
  for (const auto& [reason, name] : aws::names_of<acm::FailureReason>) {
    if (acm::remedy(reason) == general) continue;
    ++known;
    health::RenewalNews news;
    news.reason = name;
    news.remedy = acm::remedy(reason);
    auto other = news;
    other.reason = "OTHER";
    for (const auto language : kAll)
      EXPECT_NE(health::why(name, language), health::why("OTHER", language)) << name;
    for (const auto language : {Language::French, Language::Japanese})
      EXPECT_NE(health::remedy_of(news, language), health::remedy_of(other, language)) << name;
    EXPECT_EQ(health::remedy_of(news, Language::English), acm::remedy(reason));
  }
  EXPECT_GE(known, 10);
}

}  // namespace
}  // namespace everseal::app
