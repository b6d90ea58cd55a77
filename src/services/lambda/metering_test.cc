#include <gtest/gtest.h>

#include "services/lambda/operations/put_function_concurrency.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

class WhatAFunctionDoes : public LambdaTest {};

TEST_F(WhatAFunctionDoes, is_counted_with_how_long_it_took) {
  create(python("import time; time.sleep(0.05); return 1"));
  need(invoke("{}"));
  need(invoke("{}"));
  ASSERT_EQ(counts.runs.size(), 2u);
  for (const auto& [function, ran] : counts.runs) {
    EXPECT_EQ(function, "demo");
    EXPECT_FALSE(ran.failed);
    EXPECT_GE(ran.took, 50);
    EXPECT_EQ(ran.at_once, 1);
    EXPECT_EQ(ran.of_function_at_once, 1);
  }
  EXPECT_TRUE(counts.not_run.empty());
}

TEST_F(WhatAFunctionDoes, is_counted_as_an_error_when_it_fails_each_time_that_it_is_tried) {
  create(python("return event['missing']"));
  need(invoke("{}", "Event"));
  run_jobs();
  ASSERT_EQ(counts.runs.size(), 3u);
  for (const auto& [function, ran] : counts.runs) EXPECT_TRUE(ran.failed);
}

TEST_F(WhatAFunctionDoes, is_counted_as_throttled_when_it_may_not_run) {
  create(python("return 1"));
  PutFunctionConcurrency::Request none;
  none.function_name = "demo";
  none.reserved_concurrent_executions = 0;
  need(PutFunctionConcurrency{*functions}(none, call));
  EXPECT_EQ(code_of(invoke("{}")), "TooManyRequestsException");
  EXPECT_TRUE(counts.runs.empty());
  EXPECT_EQ(counts.not_run, std::vector<std::string>{"demo"});
}

TEST_F(WhatAFunctionDoes, is_not_counted_when_nothing_was_asked_of_it) {
  create(python("return 1"));
  need(invoke("{}", "DryRun"));
  EXPECT_TRUE(counts.runs.empty());
  EXPECT_TRUE(counts.not_run.empty());
}

}  // namespace
}  // namespace everseal::lambda
