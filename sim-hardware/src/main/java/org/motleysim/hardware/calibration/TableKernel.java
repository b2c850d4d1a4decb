package org.motleysim.hardware.calibration;

import org.motleysim.hardware.device.Kernel;

/**
 * What one row of a table of kernels asks for.
 *
 * @param system the machine's name there, such as {@code "h100_sxm"}
 * @param framework whose kernel it is, with the way it is launched where the table says so: {@code "vllm"}, {@code "trtllm"}, {@code
 *     "nccl"}, {@code "vllm-graph"}, {@code "vidur"}, {@code "pytorch"}
 * @param dtype the format as the table writes it, such as {@code "fp8_block"}; of attention, arithmetic and cache joined by a slash
 * @param operation the kernel's own name where one family has several, such as {@code "softmax"}; otherwise that of the family
 * @param kernel the demand
 * @param shape what is held out whole when a fit is judged: {@code (n,k)} of a matrix product, the heads of attention, the
 *     bytes of a message, the sizes and division of a layer of experts, the width of rows or else the number of elements
 */
public record TableKernel(
        String system, String framework, String dtype, String operation, Kernel kernel, String shape) {}
