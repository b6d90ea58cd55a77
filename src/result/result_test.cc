#include "result/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace everseal {
namespace {

struct Refusal {
  // NOLINTNEXTLINE(google-explicit-constructor): faults rise into it.
  Refusal(const Fault& fault) : text("refused: " + fault.cause) {}
  std::string text;
};

Result<int> half(int number) {
  if (number % 2 != 0) return Fault::malformed("odd");
  return number / 2;
}

Result<std::unique_ptr<int>, Refusal> boxed_half(int number) {
  const auto halved = half(number);
  if (!halved) return halved.error();
  return std::make_unique<int>(*halved);
}

TEST(Result, holds_the_value_of_a_success) { EXPECT_EQ(*half(4), 2); }

TEST(Result, holds_the_error_of_a_failure) {
  const auto halved = half(3);
  ASSERT_FALSE(halved);
  EXPECT_EQ(halved.error().cause, "odd");
}

TEST(Result, turns_a_fault_into_the_callers_error_type) {
  EXPECT_EQ(boxed_half(3).error().text, "refused: odd");
}

TEST(Result, gives_up_a_value_that_can_only_be_moved) {
  auto boxed = boxed_half(8);
  const std::unique_ptr<int> taken = *std::move(boxed);
  EXPECT_EQ(*taken, 4);
}

TEST(Result, of_nothing_says_done) {
  const Outcome done;
  EXPECT_TRUE(done);
  const Outcome failed = Fault::broken("x");
  EXPECT_FALSE(failed);
}

TEST(ResultDeathTest, ends_the_program_when_the_wrong_side_is_asked) {
  EXPECT_DEATH((void)*half(3), "");
}

}  // namespace
}  // namespace everseal
