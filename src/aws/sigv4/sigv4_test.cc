#include <gtest/gtest.h>
#include "aws/sigv4/verifier.h"
